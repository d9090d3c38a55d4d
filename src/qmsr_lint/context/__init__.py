"""Where a word stands, and what that makes of a finding: `judge` asks, the others know."""
