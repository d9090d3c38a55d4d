// Opens a report in Chromium, does what a reader does, and prints what was seen as JSON.
// node report.cjs CHROMIUM REPORT.html FOLDER-FOR-SCREENSHOTS [light]
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const [executablePath, report, folder, only] = process.argv.slice(2);

const rows = (page) => page.locator("#rows tr").count();
const status = (page) => page.locator("#count").textContent();
const column = (page, number) => page.locator(`#rows td:nth-child(${number})`).allInnerTexts();

async function look(browser, colorScheme) {
  const seen = { console: [], requests: [], dialogs: 0 };
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 1400 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => seen.console.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => seen.console.push(`error: ${error}`));
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  await page.goto(pathToFileURL(report).href);
  await page.locator("#rows tr").first().waitFor();
  seen.interactive = await page.evaluate(() => performance.now());
  seen.heading = await page.locator("h1").textContent();
  seen.start = { rows: await rows(page), status: await status(page) };
  seen.background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.screenshot({ path: join(folder, `report-${colorScheme}.png`) });
  return { page, seen };
}

async function use(page, seen) {
  const search = async (text) => {
    const before = await status(page);
    await page.locator("#search").fill(text);
    await page.waitForFunction((old) => document.getElementById("count").textContent !== old, before);
  };
  await search("nowhere to be found");
  seen.nothing = { rows: await rows(page), status: await status(page), empty: await page.locator("#empty").isVisible() };
  await search("sentinel");
  seen.searched = { rows: await rows(page), status: await status(page), texts: await column(page, 3) };
  await page.locator("#reset").click();
  await page.locator("button[data-level='0']").click();
  seen.withoutErrors = { status: await status(page), severities: [...new Set(await column(page, 1))] };
  await page.locator("#reset").click();
  seen.reset = await status(page);
  if (await page.locator("#silent").count()) {
    await page.locator("#silent").check();
    seen.suppressedToo = await status(page);
    await page.locator("#reset").click();
  }
  const options = (id) => page.locator(`#${id} option`).evaluateAll((all) => all.map((each) => each.value));
  seen.options = { rules: (await options("rule")).length, documents: (await options("document")).length, parts: (await options("part")).length };
  await page.locator("#part").selectOption((await options("part"))[1]);
  seen.onePart = await status(page);
  await page.locator("#reset").click();
  await page.locator("#rule").selectOption((await options("rule"))[1]);
  seen.oneFamily = { status: await status(page), rules: [...new Set(await column(page, 5))] };
  await page.locator("#reset").click();
  await page.locator("a[data-document]").first().click();
  seen.oneDocument = { status: await status(page), documents: [...new Set((await column(page, 2)).map((text) => text.split("\n")[0]))] };
  await page.locator("#reset").click();
  await page.locator("th[data-sort='rule'] button").focus();
  await page.keyboard.press("Enter");
  seen.sorted = { rules: await column(page, 5), aria: await page.locator("th[data-sort='rule']").getAttribute("aria-sort") };
  await page.keyboard.press("Space");
  seen.reversed = { rules: await column(page, 5), aria: await page.locator("th[data-sort='rule']").getAttribute("aria-sort") };
  await page.locator("#reset").click();
  if (await page.locator("#next").isEnabled()) {
    await page.locator("#next").click();
    seen.second = await status(page);
  }
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  seen.printed = await rows(page);
  seen.printedAll = await status(page);
  await page.evaluate(() => document.querySelector("button[data-level='0']").click());
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  seen.printedOnly = await status(page);
  await page.evaluate(() => document.getElementById("reset").click());
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Tab");
  seen.focused = await page.evaluate(() => document.activeElement.tagName);
}

async function audit(page) {
  // The policy of the page admits no other script, so that the checker comes in by the debugger, not by the page.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => axe.run());
  return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(({ html }) => html) }));
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const result = {};
  for (const scheme of only ? [only] : ["light", "dark"]) {
    const { page, seen } = await look(browser, scheme);
    if (scheme === "light") await use(page, seen);
    if (!only) seen.violations = await audit(page);
    seen.elements = await page.evaluate(() => ({
      scripts: document.scripts.length,
      images: document.querySelectorAll("img, iframe, object, embed, link, form, base, video, audio").length,
      handlers: [...document.querySelectorAll("*")].filter((each) => [...each.attributes].some(({ name }) => name.startsWith("on"))).length,
    }));
    await page.close();
    result[scheme] = seen;
  }
  await browser.close();
  process.stdout.write(JSON.stringify(result));
})();
