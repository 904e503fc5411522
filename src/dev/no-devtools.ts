/** Stands in for react-devtools-core, which ink names but never loads outside development. */
export default { initialize: () => undefined, connectToDevTools: () => undefined };
