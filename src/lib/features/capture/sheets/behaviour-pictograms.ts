import Angry from '@lucide/svelte/icons/angry';
import Ban from '@lucide/svelte/icons/ban';
import BellOff from '@lucide/svelte/icons/bell-off';
import BookX from '@lucide/svelte/icons/book-x';
import Coins from '@lucide/svelte/icons/hand-coins';
import Drama from '@lucide/svelte/icons/drama';
import Footprints from '@lucide/svelte/icons/footprints';
import Ghost from '@lucide/svelte/icons/ghost';
import Grab from '@lucide/svelte/icons/hand-grab';
import Hammer from '@lucide/svelte/icons/hammer';
import Hand from '@lucide/svelte/icons/hand';
import HandHeart from '@lucide/svelte/icons/hand-heart';
import HandMetal from '@lucide/svelte/icons/hand-metal';
import Heart from '@lucide/svelte/icons/heart';
import HeartHandshake from '@lucide/svelte/icons/heart-handshake';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Laugh from '@lucide/svelte/icons/laugh';
import LogOut from '@lucide/svelte/icons/log-out';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessageCircleMore from '@lucide/svelte/icons/message-circle-more';
import MessageCircleOff from '@lucide/svelte/icons/message-circle-off';
import PackageX from '@lucide/svelte/icons/package-x';
import Scale from '@lucide/svelte/icons/scale';
import Shield from '@lucide/svelte/icons/shield';
import Skull from '@lucide/svelte/icons/skull';
import Smile from '@lucide/svelte/icons/smile';
import Speech from '@lucide/svelte/icons/speech';
import ThumbsDown from '@lucide/svelte/icons/thumbs-down';
import TrafficCone from '@lucide/svelte/icons/traffic-cone';
import TrendingDown from '@lucide/svelte/icons/trending-down';
import UserPlus from '@lucide/svelte/icons/user-plus';
import Mask from '@lucide/svelte/icons/venetian-mask';
import Volume from '@lucide/svelte/icons/volume-2';
import type { Behaviour } from '#domain/observation/behaviour.ts';

/** A pictogram for every behaviour; complete by type. */
export const behaviourPictogram = {
	pushing: Hand,
	hittingKicking: Footprints,
	exclusion: Ban,
	nameCalling: Megaphone,
	ridicule: Laugh,
	gossip: MessageCircleMore,
	taking: PackageX,
	threat: Ghost,
	breaking: Hammer,
	tripping: TrafficCone,
	jokes: Drama,
	slurs: Speech,
	forcedLowMarks: TrendingDown,
	waitingAfterSchool: Hourglass,
	unwantedTouch: Grab,
	gropingKissing: HandMetal,
	deathWishes: Skull,
	forcedTheft: Coins,
	silencing: MessageCircleOff,
	forbiddingToReport: BellOff,
	defyingAuthority: Scale,
	insolence: Angry,
	demandingAttention: Megaphone,
	disturbingLesson: Volume,
	refusingWork: BookX,
	lying: Mask,
	wantingToBeSentOut: LogOut,
	sidingWithAdult: ThumbsDown,
	kindness: Smile,
	helping: HandHeart,
	comforting: Heart,
	including: UserPlus,
	standingUpFor: Shield,
	makingUp: HeartHandshake,
} satisfies Record<Behaviour, typeof Hand>;
