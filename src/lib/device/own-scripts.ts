/** As much of Trusted Types as is used here. What it gives is an object; the DOM's own types still say `string`. */
interface TrustedTypes {
	createPolicy(
		name: string,
		rules: { createScriptURL: (url: string) => string },
	): { createScriptURL: (url: string) => string };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

/** Named in the content security policy (`svelte.config.js`): from no other string does the browser start a script. */
const policy = trustedTypes?.createPolicy('pleinwacht-own-scripts', {
	createScriptURL(url) {
		if (new URL(url, location.href).origin !== location.origin) throw new TypeError('A script from elsewhere');
		return url;
	},
});

/** The address of a script of this app, in the form in which a worker may be started from it. */
export function ownScript(url: string): string {
	return policy ? policy.createScriptURL(url) : url;
}
