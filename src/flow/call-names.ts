// What the name of a call tells where the code behind it is not in sight.

export const PREDICATE = /^(?:is|has|can|should|was|were|does|did|are|check|validate|verify|compare|equals|matches|exists|includes|contains|test|some|every|count|assert|ensure|needs)(?=[A-Z_]|$)/;
export const ACTION = /^(?:save|create|insert|update|upsert|delete|remove|destroy|send|post|put|patch|fetch|find|query|request|upload|emit|publish|dispatch|log|set|add|push|register|login|logout|sign|auth\w*|get|load|read|list|search|select|execute|exec|run|call|invoke|subscribe|on|use|open|close|connect|start|stop|init|setup|configure|render|mount|navigate|go|show|hide|notify|track|submit|handle|process|write|store|next|done|resolve|reject|then)(?=[A-Z_]|$)/;
export const DEEP_COPY = /^(?:stringify|serialize|serialise|clone|cloneDeep|deepClone|deepCopy|copy|merge|extend|assign|inspect|prettyPrint|dump|format|toJSON|toJson|toObject|toPlain|toRaw|unref|flatten|camelCase\w*|snakeCase\w*|parse\w*)$/;

/** Models that put the members of all their arguments together. */
export const MERGES = /(?:^|-)(?:assign|extend|merge)(?:-fresh)?$/;

/** Whether a call of that name gives nothing of what it is given: it does something, or answers yes or no. */
export const givesNothingOf = (name: string): boolean => PREDICATE.test(name) || (ACTION.test(name) && !DEEP_COPY.test(name));
