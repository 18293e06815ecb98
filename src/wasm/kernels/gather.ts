/** `out[i] = dictionary[codes[i]]` for codes of four bytes and values of one; the codes were checked before. */
export function gather1(codes: usize, count: u32, dictionary: usize, out: usize): void {
  gather<u8>(codes, count, dictionary, out);
}

/** As `gather1`, of values of 2 bytes. */
export function gather2(codes: usize, count: u32, dictionary: usize, out: usize): void {
  gather<u16>(codes, count, dictionary, out);
}

/** As `gather1`, of values of 4 bytes. */
export function gather4(codes: usize, count: u32, dictionary: usize, out: usize): void {
  gather<u32>(codes, count, dictionary, out);
}

/** As `gather1`, of values of 8 bytes. */
export function gather8(codes: usize, count: u32, dictionary: usize, out: usize): void {
  gather<u64>(codes, count, dictionary, out);
}

/** As `gather1`, of values of 16 bytes. */
export function gather16(codes: usize, count: u32, dictionary: usize, out: usize): void {
  for (let i: u32 = 0; i < count; i++)
    v128.store(out + (i << 4), v128.load(dictionary + ((<usize>load<u32>(codes + (i << 2))) << 4)));
}

/** Spreads dense values over rows: `out[i] = valid[i] ? dense[next++] : 0`. May read one value behind. */
export function expand1(dense: usize, valid: usize, rows: u32, out: usize): void {
  expand<u8>(dense, valid, rows, out);
}

/** As `expand1`, of values of 2 bytes. */
export function expand2(dense: usize, valid: usize, rows: u32, out: usize): void {
  expand<u16>(dense, valid, rows, out);
}

/** As `expand1`, of values of 4 bytes. */
export function expand4(dense: usize, valid: usize, rows: u32, out: usize): void {
  expand<u32>(dense, valid, rows, out);
}

/** As `expand1`, of values of 8 bytes. */
export function expand8(dense: usize, valid: usize, rows: u32, out: usize): void {
  expand<u64>(dense, valid, rows, out);
}

/** As `expand1`, of values of 16 bytes. */
export function expand16(dense: usize, valid: usize, rows: u32, out: usize): void {
  let from = dense;
  for (let i: u32 = 0; i < rows; i++) {
    const here = <u64>load<u8>(valid + i);
    v128.store(out + (i << 4), v128.and(v128.load(from), i64x2.splat(<i64>(0 - here))));
    from += (<usize>here) << 4;
  }
}

function gather<V>(codes: usize, count: u32, dictionary: usize, out: usize): void {
  const scale = alignof<V>();
  let code = codes;
  let at = out;
  const end = out + (count & ~3) * sizeof<V>();
  for (; at < end; at += 4 * sizeof<V>(), code += 16) {
    const a = load<V>(dictionary + ((<usize>load<u32>(code)) << scale));
    const b = load<V>(dictionary + ((<usize>load<u32>(code, 4)) << scale));
    const c = load<V>(dictionary + ((<usize>load<u32>(code, 8)) << scale));
    const d = load<V>(dictionary + ((<usize>load<u32>(code, 12)) << scale));
    store<V>(at, a);
    store<V>(at, b, sizeof<V>());
    store<V>(at, c, 2 * sizeof<V>());
    store<V>(at, d, 3 * sizeof<V>());
  }
  for (let i = count & 3; i; i--, at += sizeof<V>(), code += 4)
    store<V>(at, load<V>(dictionary + ((<usize>load<u32>(code)) << scale)));
}

function expand<V>(dense: usize, valid: usize, rows: u32, out: usize): void {
  let from = dense;
  for (let i: u32 = 0; i < rows; i++) {
    const here = <u32>load<u8>(valid + i);
    store<V>(out + i * sizeof<V>(), load<V>(from) & <V>(0 - <i32>here));
    from += here * sizeof<V>();
  }
}
