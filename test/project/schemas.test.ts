// Models of Prisma and GraphQL schemas.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toRepoPath } from '#model/location';
import { parseSchema, type SchemaModel } from '#project/schemas';

const test = suite('schemas');

const brief = (models: readonly SchemaModel[]): readonly string[] =>
  models.map((model) => `${model.line} ${model.name}: ${model.fields.map((f) => `${f.name} ${f.type}${f.list ? '[]' : ''}${f.optional ? '?' : ''}@${f.line}`).join(', ')}`);

test('prisma', () => {
  const text = `
datasource db { url = env("DATABASE_URL") }
generator client {
  provider = "prisma-client-js" // not a field
}
enum Role {
  ADMIN
  USER
}
/// A customer of the bank.
model Customer {
  id    Int     @id @default(autoincrement())
  email String? @unique @default("a//b") /// where to write
  /// Government id
  idCard String @db.VarChar(18) // national
  cards Card[]
  place Unsupported("point")?
  address Address
  // phone String
  @@index([email])
}
type Address {
  street String
}
view Balance { }
`;
  const models = parseSchema(toRepoPath('schema.prisma'), text);
  assert.equal(brief(models), [
    '11 Customer: id Int@12, email String?@13, idCard String@15, cards Card[]@16, place Unsupported?@17, address Address@18',
    '22 Address: street String@23',
  ]);
  assert.is(models[0]?.doc, 'A customer of the bank.');
  assert.equal(models[0]?.fields.map((field) => field.doc), ['', 'where to write', 'Government id', '', '', '']);
});

test('graphql', () => {
  const text = `
"""
A customer,
of the bank
"""
type Customer implements Node & Entity @key(fields: "id { x }") {
  id: ID!
  # phone: String
  "where to write" email(format: Format = SHORT, nested: In = { a: 1 }): String @deprecated(reason: "a } b")
  cards(first: Int!): [Card!]!
  tags: [String]
  matrix: [[Int!]!]
  type: String!
}
enum Kind { type input }
union Party = Customer | Company
scalar Date
directive @mask(with: String) on FIELD_DEFINITION
input CustomerInput { name: String = "x", age: Int! = 3 }
interface Node { id: ID! }
extend type Customer { phone: String }
type Empty
schema { query: Query }
`;
  const models = parseSchema(toRepoPath('schema.graphql'), text);
  assert.equal(brief(models), [
    '6 Customer: id ID@7, email String?@9, cards Card[]@10, tags String[]?@11, matrix Int[]?@12, type String@13',
    '19 CustomerInput: name String?@19, age Int@19',
    '20 Node: id ID@20',
    '21 Customer: phone String?@21',
  ]);
  assert.is(models[0]?.doc, 'A customer, of the bank');
  assert.is(models[0]?.fields[1]?.doc, 'where to write');
});

test('operations and nonsense give no models', () => {
  assert.equal(parseSchema(toRepoPath('q.gql'), 'query Q($type: String) { user(type: $type) { type input { x } } }\nfragment F on User { type }'), []);
  assert.equal(parseSchema(toRepoPath('q.gql'), 'type A { x: '), [{ name: 'A', source: 'graphql', fields: [{ name: 'x', line: 1, doc: '', type: '', list: false, optional: true }], file: 'q.gql', line: 1, doc: '' }]);
  assert.equal(parseSchema(toRepoPath('q.prisma'), 'model A {\n  x'), []);
});

test.run();
