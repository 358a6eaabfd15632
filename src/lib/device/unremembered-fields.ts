/**
 * Browsers write what stands in fields into their session files, to bring it back after a crash, and offer it again in
 * other forms: past everything that is sealed here. Drafts are ours to keep. Fields that say themselves what is to be
 * remembered (a name to sign in with) are left alone.
 */
export function keepFieldsToOurselves(root: Document = document): void {
	const seen = (node: Node): void => {
		if (!(node instanceof Element)) return;
		if (node.matches(FIELDS)) node.setAttribute('autocomplete', 'off');
		for (const field of node.querySelectorAll(FIELDS)) field.setAttribute('autocomplete', 'off');
	};
	seen(root.documentElement);
	new MutationObserver((mutations) => mutations.forEach(({ addedNodes }) => addedNodes.forEach(seen))).observe(root, {
		childList: true,
		subtree: true,
	});
}

const FIELDS = ':is(input, textarea, select):not([autocomplete])';
