/** Encodes fields of a protocol buffer message into a growing list of bytes. */
export class Message {
  readonly #bytes: number[] = [];

  /** An unsigned integer below 2^53. */
  integer(field: number, value: number): this {
    this.#tag(field, 0);
    this.#varint(value);
    return this;
  }

  double(field: number, value: number): this {
    this.#tag(field, 1);
    this.#bytes.push(...new Uint8Array(littleEndian(8, (view) => view.setFloat64(0, value, true))));
    return this;
  }

  float(field: number, value: number): this {
    this.#tag(field, 5);
    this.#bytes.push(...new Uint8Array(littleEndian(4, (view) => view.setFloat32(0, value, true))));
    return this;
  }

  text(field: number, value: string): this {
    return this.#delimited(field, new TextEncoder().encode(value));
  }

  message(field: number, value: Message): this {
    return this.#delimited(field, value.#bytes);
  }

  encoded(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #delimited(field: number, bytes: ArrayLike<number>): this {
    this.#tag(field, 2);
    this.#varint(bytes.length);
    for (let i = 0; i < bytes.length; i++) this.#bytes.push(bytes[i]!);
    return this;
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }
}

function littleEndian(size: number, set: (view: DataView) => void): ArrayBuffer {
  const buffer = new ArrayBuffer(size);
  set(new DataView(buffer));
  return buffer;
}
