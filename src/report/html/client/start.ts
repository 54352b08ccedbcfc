// What the script adds to a page that can be read without it.
import { createFilter } from './filter.ts';
import { followLinks } from './navigate.ts';
import { markPosition } from './position.ts';
import { rememberPreferences } from './preferences.ts';
import { openForPrint } from './print.ts';

rememberPreferences(document);
openForPrint(document);
markPosition(document);
followLinks(document, createFilter(document));
