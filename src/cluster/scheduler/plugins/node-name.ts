import { definePlugin } from '../plugin.ts';

export const nodeName = definePlugin({
  name: 'NodeName',
  helpedBy: ['node'],
  begin: ({ pod }) => {
    const wanted = pod.spec?.nodeName;
    if (!wanted) return {};
    const rejection = { plugin: 'NodeName', reasons: ["node(s) didn't match the requested node name"], unresolvable: true };
    return { filter: ({ name }) => (name === wanted ? undefined : rejection) };
  },
});
