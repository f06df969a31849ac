// Starts the sample application on a free port and ends it again.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const TARGET = fileURLToPath(new URL('../sample-app/target/', import.meta.url));
const START_WITHIN = 60_000;

/** Resolves to the URL of the running sample, without a slash at its end, and to what ends it. */
export async function startSample(...args) {
  if (process.env.SAMPLE_URL) {
    return { url: process.env.SAMPLE_URL, stop: async () => {} };
  }
  const java = spawn(process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java',
    ['-jar', await jar(), '--server.address=127.0.0.1', '--server.port=0', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => java.once('close', resolve));
  const stop = async () => {
    java.kill();
    await ended;
  };
  try {
    return { url: `http://127.0.0.1:${await port(java)}`, stop };
  }
  catch (error) {
    await stop();
    throw error;
  }
}

async function jar() {
  const files = await readdir(TARGET).catch(() => []);
  const name = files.find((file) => /^sample-app-.*(?<!-sources|-javadoc)\.jar$/.test(file));
  if (!name) {
    throw new Error('no jar of the sample: build it with "mvn -pl sample-app -am package"');
  }
  return TARGET + name;
}

function port(java) {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = (reason) => reject(new Error(`the sample ${reason}:\n${log}`));
    const timer = setTimeout(fail, START_WITHIN, 'did not start in time');
    java.stdout.setEncoding('utf8').on('data', (text) => {
      log += text;
      const started = /Netty started on port (\d+)/.exec(log);
      if (started) {
        clearTimeout(timer);
        resolve(started[1]);
      }
    });
    java.once('error', (error) => fail(`could not be started, ${error}`));
    java.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}
