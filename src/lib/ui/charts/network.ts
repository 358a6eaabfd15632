export interface NetworkNode {
	readonly key: string;
	readonly label: string;
	/** More out than in: drawn round; otherwise square, so that it reads without colour. */
	readonly isSource: boolean;
}

export interface NetworkEdge {
	readonly from: string;
	readonly to: string;
	readonly value: number;
}

interface DrawnNode {
	readonly key: string;
	readonly x: number;
	readonly y: number;
	readonly textX: number;
	readonly text: string;
	readonly anchor: 'start' | 'end';
	readonly isSource: boolean;
}

interface DrawnEdge {
	readonly key: string;
	readonly path: string;
	readonly width: number;
}

export const NETWORK_SIZE = { width: 640, height: 420 } as const;

const CENTRE = { x: NETWORK_SIZE.width / 2, y: NETWORK_SIZE.height / 2 };
const RADIUS = { x: 170, y: 175 };
const THICKEST = 8;
/** Room between a line's end and the middle of its node. */
const GAP = 14;
/** How far lines bend towards the middle, so that there and back are two. */
const BEND = 0.25;

/** Nodes evenly on an ellipse in the given order; the same input draws the same picture. */
export function layoutNetwork(
	nodes: readonly NetworkNode[],
	edges: readonly NetworkEdge[],
): { readonly nodes: readonly DrawnNode[]; readonly edges: readonly DrawnEdge[] } {
	const drawn = new Map(
		nodes.map(({ key, label, isSource }, index): [string, DrawnNode] => {
			const angle = (index / nodes.length) * 2 * Math.PI - Math.PI / 2;
			const x = round(CENTRE.x + RADIUS.x * Math.cos(angle));
			const y = round(CENTRE.y + RADIUS.y * Math.sin(angle));
			const isLeft = x < CENTRE.x;
			const anchor = isLeft ? 'end' : 'start';
			return [key, { key, x, y, textX: isLeft ? x - GAP : x + GAP, text: label, anchor, isSource }];
		}),
	);
	const largest = Math.max(1, ...edges.map(({ value }) => value));
	return {
		nodes: [...drawn.values()],
		edges: edges.flatMap(({ from, to, value }): DrawnEdge[] => {
			const [a, b] = [drawn.get(from), drawn.get(to)];
			if (!a || !b || a === b) return [];
			return [{ key: `${from} ${to}`, path: curve(a, b), width: Math.max(1.5, (value / largest) * THICKEST) }];
		}),
	};
}

function curve(a: DrawnNode, b: DrawnNode): string {
	const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
	// Sideways, and to the other side for the way back.
	const bend = {
		x: middle.x + (CENTRE.x - middle.x) * BEND + (b.y - a.y) * 0.08,
		y: middle.y + (CENTRE.y - middle.y) * BEND - (b.x - a.x) * 0.08,
	};
	const end = towards(b, bend);
	const start = towards(a, bend);
	return `M${start.x} ${start.y}Q${round(bend.x)} ${round(bend.y)} ${end.x} ${end.y}`;
}

function towards(from: { x: number; y: number }, to: { x: number; y: number }): { x: number; y: number } {
	const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
	return { x: round(from.x + ((to.x - from.x) / length) * GAP), y: round(from.y + ((to.y - from.y) / length) * GAP) };
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
