// A map that several owners hold until one of them writes: branches of a function start from the same variables, and most of
// them change none.
export class CowMap<V> {
  private map: Map<number, V>;
  /** Somebody else may hold the same map. */
  private isShared: boolean;

  constructor(map: Map<number, V> = new Map(), isShared = false) {
    this.map = map;
    this.isShared = isShared;
  }

  get size(): number {
    return this.map.size;
  }

  get(key: number): V | undefined {
    return this.map.get(key);
  }

  has(key: number): boolean {
    return this.map.has(key);
  }

  set(key: number, value: V): void {
    if (this.isShared) {
      this.map = new Map(this.map);
      this.isShared = false;
    }
    this.map.set(key, value);
  }

  /** Another owner of what it holds now. */
  fork(): CowMap<V> {
    this.isShared = true;
    return new CowMap(this.map, true);
  }

  /** Nobody has written since one was forked from the other. */
  isSame(other: CowMap<V>): boolean {
    return this.map === other.map;
  }

  /** In the order in which the keys came; what `visit` writes is not visited. */
  forEach(visit: (value: V, key: number) => void): void {
    const wasShared = this.isShared;
    const { map } = this;
    this.isShared = true;
    map.forEach(visit);
    if (this.map === map) this.isShared = wasShared;
  }
}
