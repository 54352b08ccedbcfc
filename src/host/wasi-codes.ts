// Exit codes of the process that runs a WASI program, besides the program's own.

/** The file is not the program that was asked for. */
export const DAMAGED = 3;
