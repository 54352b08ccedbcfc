// The version of the tool, in results, caches and `--version`. A test holds it equal to package.json.
export const VERSION = '0.1.0';
