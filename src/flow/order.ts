// The order in which functions are summarised: strongly connected components of the call graph, callees first
// (Tarjan 1972, iterative). A closure counts as a callee of the function that makes it.
export interface Order {
  /** Components, callees before callers; each sorted by function number. */
  readonly components: readonly (readonly number[])[];
  readonly componentOf: Int32Array;
}

export function computeOrder(callees: readonly (readonly number[])[]): Order {
  const n = callees.length;
  const componentOf = new Int32Array(n).fill(-1);
  const index = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const onStack = new Uint8Array(n);
  const stack: number[] = [];
  const components: number[][] = [];
  let counter = 0;
  for (let root = 0; root < n; root++) {
    if (index[root] !== -1) continue;
    const work: { readonly v: number; next: number }[] = [{ v: root, next: 0 }];
    while (work.length > 0) {
      const top = work[work.length - 1];
      if (!top) break;
      const { v } = top;
      if (top.next === 0) {
        index[v] = low[v] = counter++;
        stack.push(v);
        onStack[v] = 1;
      }
      const w = callees[v]?.[top.next];
      if (w !== undefined) {
        top.next++;
        if (index[w] === -1) work.push({ v: w, next: 0 });
        else if (onStack[w]) low[v] = Math.min(low[v] ?? 0, index[w] ?? 0);
        continue;
      }
      if (low[v] === index[v]) components.push(pop(stack, onStack, v, componentOf, components.length));
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low[parent.v] = Math.min(low[parent.v] ?? 0, low[v] ?? 0);
    }
  }
  return { components, componentOf };
}

function pop(stack: number[], onStack: Uint8Array, until: number, componentOf: Int32Array, component: number): number[] {
  const members: number[] = [];
  for (;;) {
    const w = stack.pop();
    if (w === undefined) break;
    onStack[w] = 0;
    componentOf[w] = component;
    members.push(w);
    if (w === until) break;
  }
  return members.sort((a, b) => a - b);
}
