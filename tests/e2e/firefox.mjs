// Firefox as the system has it, driven by WebDriver BiDi: only what the tests here need.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

// A fresh profile that reaches for nothing by itself.
const prefs = {
  "app.normandy.enabled": false,
  "app.update.auto": false,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

function listening(child) {
  return new Promise((done, failed) => {
    let text = "";
    child.stderr.on("data", (data) => {
      text += data;
      const found = text.match(/WebDriver BiDi listening on (ws:\/\/\S+)/);
      if (found) done(found[1]);
    });
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`Firefox ended with ${code}: ${text}`)));
  });
}

async function connected(address) {
  const socket = new WebSocket(`${address}/session`);
  await new Promise((done, failed) => socket.once("open", done).once("error", failed));
  const waiting = new Map();
  const complaints = [];
  let last = 0;
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    if (message.method === "log.entryAdded" && message.params.level === "error") complaints.push(message.params.text);
    const { done, failed } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.type === "success") done?.(message.result);
    if (message.type === "error") failed?.(new Error(`${message.error}: ${message.message}`));
  });
  const call = (method, params) => {
    last += 1;
    const answer = new Promise((done, failed) => waiting.set(last, { done, failed }));
    socket.send(JSON.stringify({ id: last, method, params }));
    return answer;
  };
  return { call, complaints };
}

/** Starts Firefox; resolves to `{ open, evaluate, complaints, close }`. */
export async function firefox() {
  const profile = await mkdtemp(join(tmpdir(), "firefox-"));
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, "user.js"), lines.join(""));
  const program = process.env.FIREFOX || "/usr/bin/firefox-esr";
  const child = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]);
  const close = async () => {
    const ended = child.exitCode ?? new Promise((done) => child.once("exit", done));
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { call, complaints } = await connected(await listening(child));
    await call("session.new", { capabilities: {} });
    await call("session.subscribe", { events: ["log.entryAdded"] });
    const { context } = await call("browsingContext.create", { type: "tab" });
    return {
      complaints,
      close,
      /** Opens an address and waits until it is loaded. */
      open: (url) => call("browsingContext.navigate", { context, url, wait: "complete" }),
      /** The value of an expression in the page; a promise is awaited. */
      evaluate: async (expression) => {
        const answer = await call("script.evaluate", { expression, target: { context }, awaitPromise: true });
        if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
        return answer.result.value;
      },
    };
  } catch (fault) {
    await close();
    throw fault;
  }
}
