import { createTransport } from 'nodemailer';
import type { Language } from '#domain/accounts/outside.ts';
import { WORDS, type TaskCounts } from './words.ts';

export interface MailSettings {
	/** `smtps://user:password@mail.example:465` */
	readonly url: string;
	readonly from: string;
}

export interface SummaryMail {
	readonly to: string;
	readonly language: Language;
	readonly counts: TaskCounts;
	/** Where people open the app. */
	readonly origin: string;
	/** The same for the same person and day: a mail that is sent again after a crash can be told from a second one. */
	readonly key: string;
}

/** Sends the morning summary; resolves when the mail server has taken it. */
export type SendMail = (mail: SummaryMail) => Promise<void>;

/** A mail server that does not answer must not hold up the school for minutes. */
const TIMEOUT_MS = 20_000;

export function mailSender({ url, from }: MailSettings): SendMail {
	const transport = createTransport({
		url,
		connectionTimeout: TIMEOUT_MS,
		greetingTimeout: TIMEOUT_MS,
		socketTimeout: TIMEOUT_MS,
	});
	return async ({ to, language, counts, origin, key }) => {
		const words = WORDS[language];
		const settings = new URL('/settings', origin).href;
		await transport.sendMail({
			from,
			to,
			subject: words.title(counts),
			messageId: `<${key}@${new URL(origin).hostname}>`,
			// Nobody answers an automatic mail with an automatic mail (RFC 3834).
			headers: { 'auto-submitted': 'auto-generated', 'content-language': language },
			list: { unsubscribe: { url: settings, comment: 'Pleinwacht' } },
			text: [
				words.greeting,
				'',
				...words.lines(counts).map((line) => `- ${line}`),
				'',
				words.openList,
				new URL('/reminders', origin).href,
				'',
				words.why,
				words.stop,
				settings,
				'',
			].join('\n'),
		});
	};
}
