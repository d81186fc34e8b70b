// The floors of the house as a rule: an import may only go down, and only through a room's public index.
// A new room takes its place in this list; the highest floor first.
const floors = [
  ['site', 'cli'],
  ['digest'],
  ['discovery'],
  ['ingest', 'community', 'lab'],
  ['catalogue', 'search'],
  ['methods'],
];

const inRoom = (rooms) => `^(${rooms.join('|')})/`;

const floorRules = floors.flatMap((rooms, i) => {
  const above = floors.slice(0, i).flat();
  return [
    ...(above.length === 0
      ? []
      : [
          {
            name: `${rooms.join('+')}-looks-up`,
            severity: 'error',
            from: { path: inRoom(rooms) },
            to: { path: inRoom(above) },
          },
        ]),
    ...rooms.flatMap((room) => {
      const beside = rooms.filter((other) => other !== room && !(room === 'cli' && other === 'site'));
      return beside.length === 0
        ? []
        : [
            {
              name: `${room}-knows-its-neighbour`,
              severity: 'error',
              from: { path: inRoom([room]) },
              to: { path: inRoom(beside) },
            },
          ];
    }),
  ];
});

const rooms = floors.flat();

export default {
  forbidden: [
    ...floorRules,
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-through-the-index',
      comment: 'A room is known by its index.ts, never by its insides.',
      severity: 'error',
      from: { path: `^(${rooms.join('|')})/` },
      to: {
        path: `^(${rooms.join('|')})/(src|dist)/`,
        pathNot: [
          '^$1/',
          '/(src|dist)/index\\.(ts|js|d\\.ts)$',
          '/(src|dist)/testing/index\\.(ts|js|d\\.ts)$',
          // What of the lab runs in a browser too: its second public face, free of Node.
          '^lab/(src|dist)/browser/index\\.(ts|js|d\\.ts)$',
        ],
      },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-test-in-production',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { path: '\\.test\\.tsx?$|/testing/' },
    },
    {
      name: 'declared-dependency',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|/testing/|vite\\.config\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'sql-lives-in-the-catalogue',
      comment: 'Every query is a function of the room that owns the table.',
      severity: 'error',
      from: { pathNot: ['^catalogue/', '\\.test\\.tsx?$', '/testing/'] },
      to: { path: 'node_modules/(pg|kysely)/' },
    },
    {
      name: 'experiments-run-in-a-browser',
      comment: 'What the browser face of the lab reaches is free of Node and of other rooms but the methods.',
      severity: 'error',
      from: {
        path: '^lab/src/(browser|experiment|experiments|template|data-sets|plot)/',
        pathNot: '\\.test\\.tsx?$|/testing/',
      },
      to: { path: '^(search|discovery|catalogue)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'experiments-know-no-node',
      severity: 'error',
      from: {
        path: '^lab/src/(browser|experiment|experiments|template|data-sets|plot)/',
        pathNot: '\\.test\\.tsx?$|/testing/',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'search-and-methods-stand-alone',
      comment: 'Publishable rooms: no database, no HTTP.',
      severity: 'error',
      from: { path: '^(search|methods)/' },
      to: { path: 'node_modules/(pg|kysely|hono|@hono)/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // What the rooms compile to; not the packages, many of which live in a dist folder of their own.
    exclude: { path: `^(${rooms.join('|')})/dist/` },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@offprint/source', 'import', 'node', 'default'],
    },
  },
};
