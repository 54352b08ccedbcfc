// Which protocols the programme speaks whose answers can be known from the repository: a first look that most programs end at.
import type { Unit } from './program.ts';

/** Packages that say which of them are spoken. */
const SPEAK = {
  http: new Set(['express', 'koa', '@koa/router', 'koa-router', 'fastify', 'hono', '@nestjs/common', '@nestjs/core', 'routing-controllers', 'next', 'next/server', 'h3', 'nitropack', 'nuxt', '@sveltejs/kit', 'restify', 'polka']),
  graphql: new Set(['graphql-tag', '@apollo/client', 'apollo-angular', 'graphql-request', 'urql', '@urql/core', '@urql/vue', '@vue/apollo-composable', 'react-apollo', '@apollo/react-hooks', 'apollo-boost', 'gatsby', 'relay-runtime']),
  trpc: new Set(['@trpc/server']),
} as const;
const SERVER_FILES = /(?:^|\/)(?:app\/.*route|pages\/api\/.+|server\/api\/.+|\+server)\.[jt]sx?$/;

export type Spoken = Record<keyof typeof SPEAK, boolean>;

export function spokenIn(units: readonly Unit[]): Spoken {
  const speaks = { http: false, graphql: false, trpc: false };
  for (const unit of units) {
    if (unit.test) continue;
    speaks.http ||= SERVER_FILES.test(unit.path);
    for (const kind of ['http', 'graphql', 'trpc'] as const) speaks[kind] ||= unit.strings.some((s) => SPEAK[kind].has(s)) || unit.facts.imports.some((i) => SPEAK[kind].has(i.from));
  }
  return speaks;
}
