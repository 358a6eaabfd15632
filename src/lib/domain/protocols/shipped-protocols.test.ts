import { describe, expect, test } from 'vitest';
import { CaseWalk } from '#tests/factories/case-walk.ts';
import { anId } from '#tests/factories/school.ts';
import { SHIPPED_PROTOCOLS } from './shipped-protocols.ts';

const on = (day: string, outcome?: string) => ({ on: day, ...(outcome !== undefined && { outcome }) });

/** Every decision of a protocol and every way on from it, to see that the walks below leave none out. */
const walked = new Map<string, Set<string>>();

class Walk extends CaseWalk {
	override take(...[step, taking]: Parameters<CaseWalk['take']>): this {
		if (taking.outcome !== undefined) {
			const ways = walked.get(this.protocol.name) ?? new Set();
			walked.set(this.protocol.name, ways.add(`${step}: ${taking.outcome}`));
		}
		return super.take(step, taking);
	}
}

describe("the five B's (5B-01)", () => {
	const decided = () =>
		new Walk('fiveB')
			.take('bekijken', on('2026-11-09'))
			.take('begrijpen', on('2026-11-11'))
			.take('beslissen', on('2026-11-13'));

	test('one step after the other, and look backs after two weeks and much later (5B-07)', () => {
		expect(new Walk('fiveB').open()).toEqual(['bekijken']);
		const walk = decided();
		expect(walk.open()).toEqual(['bijsturen']);
		expect(walk.due()).toEqual([
			'lookBackInstigators 2026-11-27–2026-12-03',
			'lookBackLate 2027-01-08–2027-01-14',
			'lookBackSoon 2026-11-27–2026-12-03',
		]);
	});

	test('stopped closes it and leaves the late look back standing', () => {
		const walk = decided()
			.take('bijsturen', on('2026-11-20'))
			.take('lookBackSoon', { on: '2026-11-27', pupil: 2 })
			.take('beoordelen', on('2026-12-04', 'stopped'));
		expect([walk.closed(), walk.due()]).toEqual(['stopped', ['lookBackLate 2027-01-08–2027-01-14']]);
	});

	test('not stopped begins again at see, and the look backs of the turn before are answered', () => {
		const walk = decided().take('bijsturen', on('2026-11-20')).take('beoordelen', on('2026-12-04', 'notStopped'));
		expect([walk.closed(), walk.run().turn.number, walk.open(), walk.due()]).toEqual([null, 2, ['bekijken'], []]);
		walk.take('beslissen', on('2026-12-07'));
		expect(walk.due()).toContain('lookBackSoon 2027-01-04–2027-01-08');
	});

	test('taken up again after it was closed', () => {
		const walk = decided().take('beoordelen', on('2026-12-04', 'stopped'));
		expect(walk.take('beoordelen', { ...on('2027-02-01', 'notStopped'), turn: 1 }).run().turn.number).toBe(2);
	});

	test('the child does not agree with the plan: nothing is carried out', () => {
		const walk = new Walk('fiveB').take('bekijken', on('2026-11-09')).take('begrijpen', on('2026-11-10'));
		walk.agree('plan', 'no', '2026-11-11');
		expect([walk.step('beslissen').status, walk.step('bijsturen').status]).toEqual(['refused', 'waiting']);
	});
});

describe('six steps (MEL-05)', () => {
	const agreed = () =>
		new Walk('sixSteps')
			.take('gather', on('2026-11-10'))
			.take('talkVictim', { on: '2026-11-10', pupil: 2 })
			.take('talkInstigator', { on: '2026-11-11', pupil: 1 })
			.take('agreements', on('2026-11-12'));
	const informed = (walk: Walk) =>
		walk
			.take('informHead', on('2026-11-12'))
			.take('parentsVictim', { on: '2026-11-12', pupil: 2 })
			.take('parentsInstigator', { on: '2026-11-13', pupil: 1 });
	const secondTalk = () =>
		informed(agreed())
			.take('twoWeeks', on('2026-11-26', 'notStopped'))
			.take('secondTalk', { on: '2026-11-30', pupil: 1 });
	const suspended = () =>
		secondTalk().take('secondCheck', on('2026-12-14', 'notStopped')).take('suspension', on('2026-12-15', 'suspended'));

	test('information and talks within days, then agreements, head of department and both sides’ parents', () => {
		expect(new Walk('sixSteps').due()).toEqual(['gather 2026-11-09–2026-11-13', 'talkVictim 2026-11-09–2026-11-11']);
		expect(agreed().due()).toEqual([
			'informHead 2026-11-12–2026-11-13',
			'parentsInstigator 2026-11-12–2026-11-16',
			'parentsVictim 2026-11-12–2026-11-16',
			'twoWeeks 2026-11-26–2026-11-30',
		]);
	});

	test('mediation only with the consent of the victim (MEL-10)', () => {
		const walk = agreed();
		expect(walk.open(true)).toContain('mediation');
		expect(walk.agree('mediation', 'no', '2026-11-12').open(true)).not.toContain('mediation');
		expect(
			walk.agree('mediation', 'yes', '2026-11-13').take('mediation', on('2026-11-13')).step('mediation').status,
		).toBe('done');
	});

	test('it goes well for two weeks and for four: stopped, with a look back much later', () => {
		const walk = informed(agreed()).take('twoWeeks', on('2026-11-26', 'goesWell'));
		expect(walk.due()).toEqual(['compliance 2026-12-10–2026-12-14']);
		walk.take('compliance', on('2026-12-10', 'stopped'));
		expect([walk.closed(), walk.due()]).toEqual(['stopped', ['lookBackLate 2027-02-04–2027-02-10']]);
	});

	test('not stopped after four weeks after all: the second talk', () => {
		const walk = informed(agreed())
			.take('twoWeeks', on('2026-11-26', 'goesWell'))
			.take('compliance', on('2026-12-10', 'notStopped'));
		expect(walk.due()).toEqual(['secondTalk 2026-12-10–2026-12-16']);
	});

	test('two more weeks after the second talk, guidance and police when needed', () => {
		const walk = secondTalk();
		expect(walk.due()).toEqual(['secondCheck 2026-12-14–2026-12-18']);
		expect(walk.open(true)).toEqual(expect.arrayContaining(['guidance', 'sanction', 'police']));
		walk.take('secondCheck', on('2026-12-14', 'stopped'));
		expect(walk.closed()).toBe('stopped');
	});

	test('suspension with help, or help only, and then removal or another talk', () => {
		expect(suspended().due()).toEqual(['thirdCheck 2027-01-04–2027-01-08']);
		expect(suspended().take('thirdCheck', on('2027-01-05', 'stopped')).closed()).toBe('stopped');
		const helped = secondTalk()
			.take('secondCheck', on('2026-12-14', 'notStopped'))
			.take('suspension', on('2026-12-15', 'helpOnly'));
		expect(helped.open()).toEqual(['thirdCheck']);
		const last = () => suspended().take('thirdCheck', on('2027-01-05', 'notStopped'));
		expect(last().due()).toEqual(['removal 2027-01-05–2027-01-18']);
		expect(last().take('removal', on('2027-01-11', 'removed')).closed()).toBe('settled');
		const stays = last().take('removal', on('2027-01-11', 'stays'));
		expect([stays.run().turn.number, stays.open(), stays.step('agreements').status]).toEqual([
			2,
			['secondTalk'],
			'done',
		]);
	});
});

describe('ten steps (PNI-01 to PNI-04)', () => {
	const chosen = (outcome: string) =>
		new Walk('tenSteps').take('talkVictim', { on: '2026-11-09', pupil: 2 }).take('choice', on('2026-11-10', outcome));
	const toClosing = (walk: Walk) =>
		walk
			.take('guidance', on('2026-12-02'))
			.take('talkInstigator', { on: '2026-12-03', pupil: 1 })
			.take('parentsInstigator', { on: '2026-12-04', pupil: 1 })
			.take('talkRound', { on: '2026-12-04', pupil: 2 })
			.take('reflection', { on: '2026-12-07', pupil: 1 })
			.take('groupDiscussion', on('2026-12-08'))
			.take('return', { on: '2026-12-08', pupil: 1 });
	const planned = () =>
		chosen('severalTimes')
			.take('informSupportTeacher', on('2026-11-11'))
			.take('supportGroup', on('2026-11-30', 'notEnough'))
			.take('plan', on('2026-12-01'));

	test('not bullying: settled together, or there is more to it after all', () => {
		expect(chosen('notBullying').open()).toEqual(['settle']);
		expect(chosen('notBullying').take('settle', on('2026-11-12', 'settled')).closed()).toBe('settled');
		const more = chosen('notBullying').take('settle', on('2026-11-12', 'moreGoingOn'));
		expect([more.run().turn.number, more.open()]).toEqual([2, ['choice']]);
	});

	test('probably once: a talk, both watched, and a talk after two weeks', () => {
		const walk = chosen('once').take('repairTalk', on('2026-11-11'));
		expect(walk.due()).toEqual(['talkAfterTwoWeeks 2026-11-25–2026-11-27']);
		expect(walk.take('talkAfterTwoWeeks', on('2026-11-25', 'stopped')).closed()).toBe('stopped');
		const again = chosen('once')
			.take('repairTalk', on('2026-11-11'))
			.take('talkAfterTwoWeeks', on('2026-11-25', 'again'));
		expect(again.open()).toEqual(['informSupportTeacher', 'supportGroup']);
	});

	test('several times: the support group first, and the plan when it was not enough or was tried before', () => {
		const walk = chosen('severalTimes');
		expect(walk.open()).toEqual(['informSupportTeacher', 'supportGroup']);
		expect(chosen('severalTimes').take('supportGroup', on('2026-11-30', 'worked')).closed()).toBe('stopped');
		expect(chosen('severalTimes').take('supportGroup', on('2026-11-12', 'triedBefore')).open()).toContain('plan');
		expect(planned().open()).toEqual(['guidance']);
	});

	test('the round of talks, thinking, the group, the return, the closing talk', () => {
		const walk = toClosing(planned());
		expect(walk.open()).toEqual(['closingTalk']);
		expect(walk.due()).toEqual(['closingTalk 2027-01-04–2027-01-08']);
		expect(walk.take('closingTalk', on('2027-01-05', 'stopped')).closed()).toBe('stopped');
	});

	test('again by the same pupil: from step five, with advice to look for help outside school', () => {
		const walk = toClosing(planned()).take('closingTalk', on('2027-01-05', 'again'));
		expect([walk.run().turn.number, walk.open(), walk.step('plan').status]).toEqual([2, ['guidance'], 'done']);
		expect(walk.take('guidance', on('2027-01-06')).open(true)).toEqual(['outsideHelp']);
		expect(walk.open()).toEqual(['talkInstigator', 'talkRound']);
	});
});

describe('a support group (PNI-02, MEL-09)', () => {
	const members = [3, 4, 5, 6, 7].map((n) => anId('pupil', n));
	const met = (outcome: string) =>
		new Walk('supportGroup')
			.take('prepare', on('2026-11-10', outcome))
			.take('talkVictim', { on: '2026-11-11', pupil: 2 })
			.agree('helpWanted', 'yes', '2026-11-11')
			.take('formGroup', { on: '2026-11-12', answers: [{ field: 'members', value: members }] })
			.take('meeting', on('2026-11-16'));

	test('each alone: the victim after 8 to 14 days, every helper after 10 to 14', () => {
		const walk = met('eachAlone');
		expect(walk.due()).toEqual([
			...members.map(() => 'reviewMembers 2026-11-26–2026-11-30'),
			'reviewVictim 2026-11-24–2026-11-30',
		]);
		expect(new Set(walk.tasks().map(({ about }) => about?.pupilId)).size).toBeGreaterThanOrEqual(6);
		walk.take('reviewVictim', { on: '2026-11-24', pupil: 2 });
		for (const n of [3, 4, 5, 6]) walk.take('reviewMembers', { on: '2026-11-26', pupil: n });
		expect(walk.step('judge').status).toBe('waiting');
		expect(walk.take('reviewMembers', { on: '2026-11-27', pupil: 7 }).open()).toEqual(['judge']);
	});

	test('together: the victim after one week, the group after two', () => {
		const walk = met('together');
		expect(walk.due()).toEqual([
			'firstWeek 2026-11-18–2026-11-20',
			'groupReview 2026-11-30–2026-12-04',
			'weekVictim 2026-11-23–2026-11-25',
		]);
		walk.take('weekVictim', { on: '2026-11-23', pupil: 2 }).take('groupReview', on('2026-11-30'));
		expect(walk.take('judge', on('2026-11-30', 'stopped')).closed()).toBe('stopped');
	});

	test('at most five rounds, with the same helpers', () => {
		const walk = met('together');
		for (let round = 1; round <= 5; round++) {
			expect([walk.closed(), walk.run().turn.number]).toEqual([null, round]);
			walk.take('weekVictim', { on: '2026-11-30', pupil: 2 }).take('groupReview', on('2026-11-30'));
			walk.take('judge', on('2026-11-30', 'notYet'));
			if (round < 5) expect(walk.open()).toEqual(['meeting']);
			if (round < 5) walk.take('meeting', on('2026-11-30'));
		}
		expect([walk.closed(), walk.run().turn.number]).toEqual(['notStopped', 5]);
	});

	test('the child does not want to go on', () => {
		expect(met('eachAlone').take('judge', on('2026-11-17', 'notWanted')).closed()).toBe('settled');
	});
});

describe('Connective Authority (DUK-04)', () => {
	test('every action can be picked from the start, again and again', () => {
		const walk = new Walk('connectiveAuthority').take('dayStart', on('2026-11-10')).take('dayStart', on('2026-11-11'));
		expect(walk.step('dayStart').taken).toHaveLength(2);
		expect(
			SHIPPED_PROTOCOLS.connectiveAuthority.steps.filter(({ pillars, repeats }) => pillars && repeats),
		).toHaveLength(15);
	});

	test('each bookmark is come back to, and one talk answers those before it', () => {
		const walk = new Walk('connectiveAuthority').take('bookmark', on('2026-11-10')).take('bookmark', on('2026-11-12'));
		const talks = () => walk.due().filter((each) => each.startsWith('bookmarkTalk'));
		expect(talks()).toEqual(['bookmarkTalk 2026-11-11–2026-11-12', 'bookmarkTalk 2026-11-13–2026-11-16']);
		walk.take('bookmarkTalk', on('2026-11-13'));
		expect(talks()).toEqual([]);
		expect(walk.take('bookmark', on('2026-11-17')) && talks()).toEqual(['bookmarkTalk 2026-11-18–2026-11-19']);
	});

	test('a guest class ends with a welcome, a sit-in and a solution request are come back to', () => {
		const walk = new Walk('connectiveAuthority')
			.take('guestClass', on('2026-11-10'))
			.take('sitIn', on('2026-11-10'))
			.take('solutionRequest', on('2026-11-10'));
		expect(walk.due()).toEqual([
			'evaluate 2026-12-07–2026-12-11',
			'sitInBack 2026-11-11–2026-11-13',
			'solutionBack 2026-11-11–2026-11-17',
			'welcomeBack 2026-11-11–2026-11-12',
		]);
	});

	test('after four weeks it is enough, or it goes on', () => {
		expect(new Walk('connectiveAuthority').take('evaluate', on('2026-12-07', 'stopped')).closed()).toBe('stopped');
		const goesOn = new Walk('connectiveAuthority').take('evaluate', on('2026-12-07', 'goOn'));
		expect([goesOn.run().turn.number, goesOn.due()]).toEqual([2, ['evaluate 2027-01-04–2027-01-08']]);
		expect(goesOn.open(true)).toContain('bookmark');
	});
});

describe('home-school (DUK-05)', () => {
	const atHome = () =>
		new Walk('homeSchool').take('before', on('2026-11-09')).take('parentsBefore', { on: '2026-11-09', pupil: 1 });

	test('contact on each school day, until the welcome back', () => {
		const walk = atHome();
		const contacts = () => walk.due().filter((each) => each.startsWith('contact'));
		expect(contacts()).toEqual([
			'contact 2026-11-09–2026-11-09',
			'contact 2026-11-10–2026-11-10',
			'contact 2026-11-11–2026-11-11',
			'contact 2026-11-12–2026-11-12',
			'contact 2026-11-13–2026-11-13',
		]);
		walk.take('contact', on('2026-11-10'));
		expect(contacts()).toHaveLength(3);
		walk.take('during', on('2026-11-11')).take('restorativeTalk', on('2026-11-12')).take('welcome', on('2026-11-12'));
		expect(contacts()).toEqual([]);
	});

	test('aftercare after a week and after a month; not stopped means another talk', () => {
		const back = () =>
			atHome()
				.take('during', on('2026-11-10'))
				.take('restorativeTalk', on('2026-11-11'))
				.take('welcome', on('2026-11-11'));
		expect(back().due()).toContain('aftercareWeek 2026-11-18–2026-11-24');
		const cared = () =>
			back()
				.take('aftercareWeek', { on: '2026-11-18', pupil: 1 })
				.take('aftercareWeek', { on: '2026-11-19', pupil: 2 });
		expect(cared().due()).toContain('aftercare 2026-12-10–2026-12-16');
		expect(cared().take('aftercare', on('2026-12-10', 'stopped')).closed()).toBe('stopped');
		const again = cared().take('aftercare', on('2026-12-10', 'notStopped'));
		expect([again.run().turn.number, again.open()]).toEqual([2, ['restorativeTalk']]);
	});
});

describe('the reporting code (DUK-07)', () => {
	const weighed = (outcome: string) =>
		new Walk('reportingCode')
			.take('signals', on('2026-11-09'))
			.take('consult', on('2026-11-10'))
			.take('talk', on('2026-11-12'))
			.take('weigh', on('2026-11-13', outcome));

	test('no worry left closes it', () => expect(weighed('noConcern').closed()).toBe('settled'));

	test('a worry is decided on: help, or a report', () => {
		const help = weighed('concern').take('decide', on('2026-11-13', 'helpOurselves'));
		expect(help.due()).toEqual(['follow 2026-11-27–2026-12-03']);
		expect(help.take('follow', on('2026-11-27', 'safe')).closed()).toBe('settled');
		expect(weighed('concern').take('decide', on('2026-11-13', 'report')).due()).toEqual([
			'report 2026-11-13–2026-11-13',
		]);
	});

	test('unsafe is reported that day, and followed until the child is safe', () => {
		const walk = weighed('unsafe');
		expect(walk.due()).toEqual(['report 2026-11-13–2026-11-13']);
		walk.take('report', on('2026-11-13'));
		expect(walk.take('follow', on('2026-11-27', 'notSafe')).open()).toEqual(['signals']);
	});

	test('where talking is not safe it is left out, with why', () => {
		const walk = new Walk('reportingCode').take('signals', on('2026-11-09')).take('consult', on('2026-11-10'));
		expect(walk.take('talk', { on: '2026-11-11', skipped: true }).open()).toEqual(['weigh']);
	});
});

describe('talks of the class round (M5-13)', () => {
	test('A1: a talk, and the parents are called that day', () => {
		const walk = new Walk('roundTalks')
			.take('prepare', on('2026-11-09', 'a1'))
			.take('talkA1', { on: '2026-11-10', pupil: 1 });
		expect(walk.due()).toEqual(['callParents 2026-11-10–2026-11-10']);
		walk.take('callParents', { on: '2026-11-10', pupil: 1 });
		expect(walk.due()).toEqual(['nextRound 2026-12-15–2026-12-18']);
		expect(walk.take('nextRound', on('2026-12-15', 'stopped')).closed()).toBe('stopped');
	});

	test('A2: a talk, the parents are invited that day, and come', () => {
		const walk = new Walk('roundTalks')
			.take('prepare', on('2026-11-09', 'a2'))
			.take('talk', { on: '2026-11-10', pupil: 1 });
		expect(walk.due()).toEqual(['inviteParents 2026-11-10–2026-11-10']);
		walk.take('inviteParents', { on: '2026-11-10', pupil: 1 });
		expect(walk.due()).toContain('parentTalk 2026-11-11–2026-11-23');
		const again = walk.take('nextRound', on('2026-12-15', 'notStopped'));
		expect([again.run().turn.number, again.open()]).toEqual([2, ['prepare']]);
	});
});

test('the walks above take every way on from every decision', () => {
	for (const { name, steps } of Object.values(SHIPPED_PROTOCOLS)) {
		const ways = steps.flatMap(({ key, outcomes }) => (outcomes ?? []).map((each) => `${key}: ${each.key}`));
		expect([...(walked.get(name) ?? [])].sort(), name).toEqual(ways.sort());
	}
});
