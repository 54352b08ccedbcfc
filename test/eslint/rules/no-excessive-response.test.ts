// no-excessive-response: secrets of customers in answers, alone or within a record; what its owner may see is in order.
import { at, testRule } from '../rule-suite.ts';

const EXPRESS = `import express, { type Request, type Response } from 'express';
import { findCustomer } from './customers';
export const routes = express.Router();
`;

testRule('no-excessive-response', [
  {
    name: 'a status',
    filename: 'src/case.js',
    code: `export function ping(req, res) {
  res.json({ ok: true, time: 3 });
}`,
  },
  {
    name: 'the fields that are needed',
    code: `${EXPRESS}routes.get('/:id', async (req: Request, res: Response) => {
  const customer = await findCustomer(req.params.id);
  res.json({ id: customer.id, name: customer.fullName });
});`,
  },
  {
    name: 'masked for display',
    code: `import type { Response } from 'express';
import type { Card } from './cards';
import { lastFour } from './privacy';
export const show = (card: Card, res: Response): unknown => res.json({ card: lastFour(card.cardNumber), brand: card.brand });`,
  },
  {
    name: 'a request is no answer',
    code: `import type { Customer } from './customers';
export const send = (customer: Customer): Promise<Response> =>
  fetch('https://core.harbourbank.net/customers', { method: 'PUT', body: JSON.stringify({ id: customer.id }) });`,
  },
  {
    name: 'an answer without a body',
    filename: 'src/case.js',
    code: `export function login(req, res) {
  const { password } = req.body;
  res.status(password ? 204 : 401).end();
}`,
  },
  {
    name: 'a count',
    code: `import type { Response } from 'express';
import type { Customer } from './customers';
export const count = (customers: Customer[], res: Response): unknown => res.json({ customers: customers.length });`,
  },
  {
    name: 'a page that shows no record',
    filename: 'src/case.js',
    code: `export const home = (req, res) => res.render('home', { title: 'Harbour Bank', year: 2026 });`,
  },
  {
    name: 'a socket that tells an event',
    code: `import type { Server } from 'socket.io';
import type { Customer } from './customers';
export const moved = (io: Server, customer: Customer): unknown => io.emit('moved', { id: customer.id });`,
  },
  {
    name: 'a handler that returns nothing of the record',
    code: `import { Controller, Get } from '@nestjs/common';
import { findCustomer } from './customers';
@Controller('customers')
export class CustomerController {
  @Get(':id')
  async exists(id: string): Promise<{ exists: boolean }> {
    const customer = await findCustomer(id);
    return { exists: customer.id === id };
  }
}`,
  },
  {
    name: 'the token of a login, handed to its owner',
    filename: 'src/case.js',
    code: `import jwt from 'jsonwebtoken';
export function login(req, res) {
  const accessToken = jwt.sign({ sub: req.body.id }, process.env.KEY);
  res.json({ accessToken });
}`,
  },
], [
  {
    name: 'the hash of a password within a record',
    code: `${EXPRESS}routes.get('/:id', async (req: Request, res: Response) => {
  const customer = await findCustomer(req.params.id);
  res.json(customer);
});`,
    errors: [at('deny', '6:3-6:21')],
  },
  {
    name: 'a code of a card by itself',
    code: `import type { Response } from 'express';
import { loadCard } from './cards';
export const show = (id: string, res: Response): unknown => res.json({ code: loadCard(id).cvv });`,
    errors: [at('deny', '3:61-3:97')],
  },
  {
    name: 'what came in goes out again',
    filename: 'src/case.js',
    code: `import express from 'express';
const app = express();
app.post('/register', (req, res) => {
  res.status(201).json({ saved: true, password: req.body.password });
});`,
    errors: [at('deny', '4:3-4:69')],
  },
  {
    name: 'a spread that keeps too much',
    code: `${EXPRESS}routes.get('/:id', async (req: Request, res: Response) => {
  const { idCardNumber, ...rest } = await findCustomer(req.params.id);
  res.send({ ...rest, ok: idCardNumber !== '' });
});`,
    errors: [at('deny', '6:3-6:49')],
  },
  {
    name: 'the result of a handler of NestJS',
    code: `import { Controller, Get, Param } from '@nestjs/common';
import { type Customer, findCustomer } from './customers';
@Controller('customers')
export class CustomerController {
  @Get(':id')
  async show(@Param('id') id: string): Promise<Customer> {
    return findCustomer(id);
  }
}`,
    errors: [at('deny', '7:5-7:29')],
  },
  {
    name: 'a body of Koa',
    filename: 'src/case.js',
    code: `import Router from '@koa/router';
const router = new Router();
router.post('/card', (ctx) => {
  ctx.body = { again: ctx.request.body.password };
});`,
    errors: [at('deny', '4:3-4:50')],
  },
  {
    name: 'a web response',
    code: `import { NextResponse } from 'next/server';
import { findCustomer } from './customers';
export async function GET(request: Request, { params }: { params: { id: string } }): Promise<Response> {
  const { passwordHash } = await findCustomer(params.id);
  return NextResponse.json({ passwordHash });
}`,
    errors: [at('deny', '5:10-5:45')],
  },
  {
    name: 'a broadcast',
    code: `import type { Server } from 'socket.io';
import type { Customer } from './customers';
export const moved = (io: Server, customer: Customer): unknown => io.emit('moved', { customer });`,
    errors: [at('deny', '3:67-3:97')],
  },
  {
    name: 'a helper that answers, where the data is known',
    files: { 'src/answers.ts': "import type { Response } from 'express';\nexport const ok = (res: Response, data: unknown): unknown => res.status(200).json({ data });\n" },
    code: `import type { Response } from 'express';
import { ok } from './answers';
import type { Customer } from './customers';
export function show(customer: Customer, res: Response): void {
  ok(res, customer.passwordHash);
}`,
    errors: [at('deny', '5:3-5:33')],
  },
  {
    name: 'a page',
    filename: 'src/case.js',
    code: `import { loadCard } from './cards';
export function page(req, res) {
  const card = loadCard(req.params.id);
  res.render('card', { code: card.cvv });
}`,
    errors: [at('deny', '4:3-4:41')],
  },
]);
