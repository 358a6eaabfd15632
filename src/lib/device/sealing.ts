/**
 * How text lies on disk. The one place where documents become bytes and come back; encryption at rest belongs
 * here and nowhere else. Asynchronous, because ciphers are: seal before a transaction opens, never inside it.
 */
export interface Sealing {
	seal(text: string): Promise<Uint8Array<ArrayBuffer>>;
	open(bytes: Uint8Array): Promise<string>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export const plainSealing: Sealing = {
	seal: async (text) => encoder.encode(text),
	open: async (bytes) => decoder.decode(bytes),
};
