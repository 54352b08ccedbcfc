// The flow IR: what `extract` keeps of one file and all that `flow` ever sees of it. Struct-of-arrays, no AST.
//
// Each function is a list of operations. Operation i of a function defines its register i, once; variables are mutable and
// live in a table of the file. Control flow is structured: If, Loop, Switch, Try and Block name the operation at which each
// of their parts ends, so that a solver can walk the list without building a graph.

/** Raise when the meaning of facts changes: older cached facts are then recomputed. */
export const FACTS_VERSION = 21;

/** Numbers per operation in `code`: opcode, a, b, c. */
export const OP_WIDTH = 4;

/**
 * Operations. `r` is a register, `s` an index into `strings`, `x` an index into `extra`, `t` into `types`, `i` an operation
 * of the same function. A list in `extra` starts with its length; a spread argument is stored as `~r`.
 */
export const Op = {
  Const: 0, // a=ConstKind b=s|-1 (of a Regex the name behind which it captures) c=flags (ConstFlag) | length << 16
  GetVar: 1, // a=variable
  SetVar: 2, // a=variable b=r c=1 for a declaration
  Global: 3, // a=s of an unbound identifier
  Load: 4, // a=r b=s c=1 when optional
  Elem: 5, // a=r b=r of the key
  Store: 6, // a=r b=s c=r
  StoreElem: 7, // a=r b=r of the key c=r
  Call: 8, // a=r of the callee b=x of [n, type arguments as t|-1, r…] c=CallFlag
  New: 9, // like Call
  Object: 10, // b=x of [n, (PropertyKind, s or r, r)…]
  Array: 11, // b=x of [n, r…]
  Template: 12, // b=x of [n, r…]; constant parts are Const registers
  Concat: 13, // a=r b=r
  Binary: 14, // a=BinaryKind b=r c=r
  Unary: 15, // a=UnaryKind b=r
  Join: 16, // b=x of [n, r…]; one of them
  Closure: 17, // a=function
  ClassValue: 18, // a=class
  This: 19,
  Super: 20,
  Await: 21, // a=r
  Yield: 22, // a=r|-1 c=1 for yield*
  Return: 23, // a=r|-1
  Throw: 24, // a=r
  Rest: 25, // a=r b=x of [n, s…] excluded keys
  RestArray: 26, // a=r b=first index
  Delete: 27, // a=r b=s
  Cast: 28, // a=r b=t
  If: 29, // a=r b=i where else starts c=i after the end
  Loop: 30, // a=LoopKind b=i after the end
  Iterate: 31, // a=r c=LoopKind; the current element or key
  Switch: 32, // a=r b=x of [2n, (r of the test|-1, i)…] c=i after the end
  Try: 33, // a=i of the catch part b=i of the finally part c=i after the end
  Caught: 34, // the value that the catch part received
  Break: 35, // a=i of the Loop, Switch or Block to leave
  Continue: 36, // a=i of the Loop
  Block: 37, // b=i after the end; a labelled block
  Jsx: 38, // a=r of the component|-1 b=s of an intrinsic tag|-1 c=r of the properties object
  Import: 39, // a=s of the module (dynamic import or require)
  Arguments: 40,
  DeleteElem: 41, // a=r b=r of the key
} as const;
export type OpCode = (typeof Op)[keyof typeof Op];

export const ConstKind = { Undefined: 0, Null: 1, True: 2, False: 3, Number: 4, String: 5, Regex: 6, BigInt: 7 } as const;

/** What is known of a constant whose text is not kept. */
export const ConstFlag = {
  /** Only mask characters: `***`, `xxxx`, `••`. */
  Mask: 1,
  HasQuery: 2,
  EndsWithEquals: 4,
  StartsWithSlash: 8,
  /** A replacement text that puts back captured groups: `$1****$2`. */
  Groups: 16,
  Empty: 32,
  /** A global regular expression. */
  GlobalRegex: 64,
  /** A regular expression that matches any digit, word or character class. */
  BroadRegex: 128,
  /** A small integer, stored in the upper half of `c` as value + 64. */
  SmallInteger: 256,
  /** Text with white space: a sentence, not a name. */
  Sentence: 512,
} as const;

export const CallFlag = { Optional: 1, Tagged: 2 } as const;
export const PropertyKind = { Plain: 0, Spread: 1, Computed: 2, Getter: 3, Setter: 4 } as const;
export const BinaryKind = { Arithmetic: 0, Equal: 1, NotEqual: 2, In: 4, InstanceOf: 5, Less: 6, LessEqual: 7, Greater: 8, GreaterEqual: 9 } as const;
export const UnaryKind = { Not: 0, Typeof: 1, Void: 2, Negate: 3 } as const;
export const LoopKind = { While: 0, DoWhile: 1, Of: 2, In: 3, AwaitOf: 4 } as const;

/** Numbers per variable in `vars`. */
export const VAR_WIDTH = 8;
/** Columns of `vars`. */
export const VarField = {
  Name: 0, // s
  Owner: 1, // function; 0 is the module
  Kind: 2, // VarKind
  Type: 3, // t|-1
  Start: 4, // offset of the name
  Init: 5, // operation (of the owner) that defines the only value ever assigned, else -1
  Ref: 6, // import, function, class or enum index, by kind; else -1
  Flags: 7, // VarFlag
} as const;
export const VarKind = { Param: 0, Const: 1, Let: 2, Var: 3, Function: 4, Class: 5, Import: 6, Enum: 7, Catch: 8, Namespace: 9 } as const;
export const VarFlag = { Captured: 1, Reassigned: 2, WrittenInClosure: 4, Synthetic: 8 } as const;

/** A type as written, unresolved. */
export type TypeExpr =
  | { readonly k: 'ref'; readonly n: string; readonly args?: readonly TypeExpr[] }
  | { readonly k: 'array'; readonly of: TypeExpr }
  | { readonly k: 'tuple' | 'union' | 'intersection'; readonly of: readonly TypeExpr[] }
  | { readonly k: 'object'; readonly members: readonly MemberFacts[] }
  | { readonly k: 'primitive'; readonly n: string }
  | { readonly k: 'literal'; readonly n: string }
  | { readonly k: 'function'; readonly params: readonly { readonly n: string; readonly t?: TypeExpr }[]; readonly ret?: TypeExpr; readonly tp?: readonly string[] }
  | { readonly k: 'index'; readonly of: TypeExpr; readonly key: TypeExpr }
  | { readonly k: 'typeof'; readonly n: string }
  | { readonly k: 'keyof' | 'mapped'; readonly of?: TypeExpr }
  | { readonly k: 'import'; readonly from: string; readonly n: string; readonly args?: readonly TypeExpr[] };

/** The skeleton of a decorator argument: names only. */
export type Skeleton =
  | { readonly s: string }
  | { readonly id: string }
  | { readonly b: boolean }
  | { readonly o: Readonly<Record<string, Skeleton>> }
  | { readonly a: readonly Skeleton[] }
  | { readonly f: Skeleton }
  | { readonly x: true };

export interface DecoratorFacts {
  readonly n: string;
  readonly args: readonly Skeleton[];
}

export interface MemberFacts {
  readonly n: string;
  readonly kind: 'field' | 'method' | 'getter' | 'setter' | 'index';
  readonly type?: TypeExpr;
  /** Function that implements a method, accessor or function-valued field. */
  readonly fn?: number;
  readonly static?: true;
  readonly optional?: true;
  readonly private?: true;
  /** A field that is assigned where it is declared or in the constructor, and never again. */
  readonly fixed?: true;
  readonly decorators?: readonly DecoratorFacts[];
  readonly tags?: readonly string[];
  readonly at: number;
}

export interface ParamFacts {
  /** Variable that holds the parameter, synthetic when it is destructured. */
  readonly v: number;
  readonly n: string;
  readonly type?: TypeExpr;
  readonly rest?: true;
  readonly optional?: true;
  /** Declared as a field at the same time: `constructor(private readonly users: UserService)`. */
  readonly property?: true;
  readonly decorators?: readonly DecoratorFacts[];
}

export interface FunctionFacts {
  readonly n: string;
  readonly kind: 'module' | 'function' | 'arrow' | 'method' | 'constructor' | 'getter' | 'setter' | 'fields' | 'static';
  readonly parent: number;
  readonly cls: number;
  readonly static?: true;
  readonly async?: true;
  readonly generator?: true;
  /** What the template of a component does: it calls with what is shown, others may call with more. */
  readonly markup?: true;
  readonly params: readonly ParamFacts[];
  readonly ret?: TypeExpr;
  readonly typeParams?: readonly string[];
  readonly decorators?: readonly DecoratorFacts[];
  readonly tags?: readonly string[];
  /** Variables of enclosing functions that this function or one nested in it uses. */
  readonly captures: readonly number[];
  /** Signatures without a body before this one. */
  readonly overloads?: readonly { readonly at: number; readonly ret?: TypeExpr }[];
  readonly start: number;
  readonly end: number;
  /** First operation in `code` and number of operations. */
  readonly first: number;
  readonly count: number;
}

export interface ClassFacts {
  readonly n: string;
  readonly v: number;
  readonly parent: number;
  readonly extends?: TypeExpr;
  /** Class expression of the heritage clause when it is a call (mixins): its callee name and arguments. */
  readonly mixin?: { readonly n: string; readonly args: readonly string[] };
  readonly implements: readonly TypeExpr[];
  readonly typeParams?: readonly string[];
  readonly members: readonly MemberFacts[];
  readonly ctor: number;
  /** Function that runs the field initialisers, or -1. */
  readonly fields: number;
  readonly abstract?: true;
  readonly decorators?: readonly DecoratorFacts[];
  readonly tags?: readonly string[];
  readonly start: number;
  readonly end: number;
}

export type TypeDeclFacts =
  | { readonly kind: 'interface'; readonly n: string; readonly extends: readonly TypeExpr[]; readonly members: readonly MemberFacts[]; readonly typeParams?: readonly string[]; readonly tags?: readonly string[]; readonly at: number }
  | { readonly kind: 'alias'; readonly n: string; readonly type: TypeExpr; readonly typeParams?: readonly string[]; readonly tags?: readonly string[]; readonly at: number }
  | { readonly kind: 'enum'; readonly n: string; readonly members: readonly { readonly n: string; readonly s?: string }[]; readonly at: number };

export interface ImportFacts {
  readonly from: string;
  /** `default`, `*` or the exported name. */
  readonly n: string;
  readonly typeOnly?: true;
}

export interface ExportFacts {
  /** `default`, `export=` (CommonJS), `*` (re-export of all), or the name. */
  readonly n: string;
  readonly v?: number;
  /** Register of the module function. */
  readonly r?: number;
  readonly type?: string;
  readonly from?: string;
  /** Name in the module it is re-exported from. */
  readonly as?: string;
}

export interface FileFacts {
  readonly strings: readonly string[];
  readonly code: Int32Array;
  /** Start and end offset of each operation. */
  readonly pos: Int32Array;
  readonly extra: Int32Array;
  readonly vars: Int32Array;
  /** Offset at which each line starts. */
  readonly lines: Int32Array;
  readonly types: readonly TypeExpr[];
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly typeDecls: readonly TypeDeclFacts[];
  readonly imports: readonly ImportFacts[];
  readonly exports: readonly ExportFacts[];
  /** The file holds comments that speak to this tool. */
  readonly directives?: true;
  readonly errors: readonly { readonly line: number; readonly what: string }[];
}

/** One file's text, as `project` hands it to `extract`. */
export interface SourceText {
  readonly text: string;
  readonly language: 'ts' | 'tsx' | 'js' | 'jsx';
  /** The template of the Angular component or mini-program page in it, which lies in a file of its own. */
  readonly template?: string;
  /** The template of a Vue component: its whole text with everything else blanked. */
  readonly vue?: string;
  /** The whole text of a Svelte component, of which `text` is the script. */
  readonly svelte?: string;
}
