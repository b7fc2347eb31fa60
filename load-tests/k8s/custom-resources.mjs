// Holds custom resources against their models: TypeScript finds fields that the model does not know, the model's own
// validate() finds values that are not allowed. In: JSON list on standard input. Out: a list of sentences for each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const tools = process.argv[2];
const require = createRequire(join(tools, "package.json"));
const ts = require("typescript");
const packages = {
  "keda.sh": "keda",
  "gateway.networking.k8s.io": "gateway-api",
  "monitoring.coreos.com": "prometheus-operator",
};
const manifests = JSON.parse(readFileSync(0, "utf8"));
const faults = manifests.map(() => []);

function module({ apiVersion }) {
  const [group, version] = apiVersion.split("/");
  return `@kubernetes-models/${packages[group]}/${group}/${version}`;
}

async function values() {
  for (const [place, manifest] of manifests.entries()) {
    const models = await import(pathToFileURL(join(tools, "node_modules", module(manifest), "index.js")));
    const Model = models[manifest.kind];
    try {
      new Model(manifest).validate();
    } catch (why) {
      faults[place].push(why.message);
    }
  }
}

/// One manifest a line, so that a line's number says whose fault it is.
function fields() {
  const lines = manifests.map(
    (manifest, place) =>
      `export const m${place}: import("${module(manifest)}").I${manifest.kind} = ${JSON.stringify(manifest)};`,
  );
  const name = join(tools, "manifests.ts");
  const options = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const text = lines.join("\n");
  host.getSourceFile = (path, ...rest) =>
    path === name ? ts.createSourceFile(name, text, options.target) : getSourceFile(path, ...rest);
  host.fileExists = (path) => path === name || fileExists(path);
  host.readFile = (path) => (path === name ? text : readFile(path));
  const program = ts.createProgram([name], options, host);
  for (const found of ts.getPreEmitDiagnostics(program)) {
    const sentence = ts.flattenDiagnosticMessageText(found.messageText, " ");
    if (found.file?.fileName !== name) throw new Error(sentence);
    faults[found.file.getLineAndCharacterOfPosition(found.start).line].push(sentence);
  }
}

await values();
fields();
process.stdout.write(JSON.stringify(faults));
