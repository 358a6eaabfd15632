import Ban from '@lucide/svelte/icons/ban';
import Bike from '@lucide/svelte/icons/bike';
import Blocks from '@lucide/svelte/icons/blocks';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import DoorOpen from '@lucide/svelte/icons/door-open';
import Dumbbell from '@lucide/svelte/icons/dumbbell';
import Fence from '@lucide/svelte/icons/fence';
import Footprints from '@lucide/svelte/icons/footprints';
import Ghost from '@lucide/svelte/icons/ghost';
import Hammer from '@lucide/svelte/icons/hammer';
import Hand from '@lucide/svelte/icons/hand';
import Laugh from '@lucide/svelte/icons/laugh';
import MapPin from '@lucide/svelte/icons/map-pin';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessageCircleMore from '@lucide/svelte/icons/message-circle-more';
import PackageX from '@lucide/svelte/icons/package-x';
import Route from '@lucide/svelte/icons/route';
import School from '@lucide/svelte/icons/school';
import Shirt from '@lucide/svelte/icons/shirt';
import Shovel from '@lucide/svelte/icons/shovel';
import Smartphone from '@lucide/svelte/icons/smartphone';
import Smile from '@lucide/svelte/icons/smile';
import Toilet from '@lucide/svelte/icons/toilet';
import Trees from '@lucide/svelte/icons/trees';
import Utensils from '@lucide/svelte/icons/utensils';
import Volleyball from '@lucide/svelte/icons/volleyball';
import type { Behaviour } from '#domain/observation/behaviour.ts';
import type { PlaceKind } from '#domain/school/roster.ts';

export type Pictogram = typeof Hand;

/** What stands on the screen at once, the commonest first; the rest of the catalogue is behind "more…". */
export const FRONT_BEHAVIOURS = [
	['pushing', Hand],
	['hittingKicking', Footprints],
	['exclusion', Ban],
	['nameCalling', Megaphone],
	['ridicule', Laugh],
	['gossip', MessageCircleMore],
	['taking', PackageX],
	['threat', Ghost],
	['breaking', Hammer],
	['kindness', Smile],
] as const satisfies readonly (readonly [Behaviour, Pictogram])[];

export const placePictogram = {
	climbingFrame: Fence,
	footballField: Volleyball,
	playground: Trees,
	sandpit: Shovel,
	bicycleShed: Bike,
	corridor: DoorOpen,
	classroom: School,
	toilets: Toilet,
	cloakroom: Shirt,
	gym: Dumbbell,
	canteen: Utensils,
	route: Route,
	online: Smartphone,
	other: MapPin,
} satisfies Record<PlaceKind, Pictogram>;

export { Ellipsis as MorePictogram, Smartphone as OnlinePictogram, Blocks as OutsidePictogram };
