// The lifecycle view and the policies speak of the same duties, and neither claims to examine what the other does not.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readControls, readDuties } from '../../../scripts/policies/read-policies.ts';
import { STAGE_DUTIES } from '#report/html/duties';
import { CHANNEL_NAMES } from '#model/channel';

const duties = suite('report/html/duties');

/** Duties that are about the bank's management, not about a stage in the life of the data. */
const MANAGEMENT = ['management', 'partners', 'incident', 'duties', 'audit'];

duties('are the stages of the policies, in their order', () => {
  assert.equal(STAGE_DUTIES.map(({ id }) => id), readDuties().map(({ id }) => id).filter((id) => !MANAGEMENT.includes(id)));
});

duties('ask for what the policies say', () => {
  for (const duty of readDuties()) {
    const stage = STAGE_DUTIES.find(({ id }) => id === duty.id);
    if (stage === undefined) continue;
    assert.ok(duty.title_zh.startsWith(stage.name.zh) || duty.title_zh.includes(stage.name.zh), `${duty.id}: ${stage.name.zh}`);
    assert.ok(duty.title.toLowerCase().includes(stage.name.en.toLowerCase().split(' ')[0] ?? ''), `${duty.id}: ${stage.name.en}`);
  }
});

duties('count as examined exactly when a control of theirs is detected', () => {
  const controls = readControls();
  for (const stage of STAGE_DUTIES) assert.is(stage.examined, controls.some(({ duty, detected }) => duty === stage.id && detected), stage.id);
});

duties('every control answers to the stage that shows it', () => {
  for (const { id, duty } of readControls()) {
    if (MANAGEMENT.includes(duty)) continue;
    const stage = STAGE_DUTIES.find((each) => each.id === duty);
    assert.ok(stage?.controls.includes(id.replace(/\..*$/, '')), id);
  }
});

duties('every channel belongs to one stage', () => {
  for (const channel of CHANNEL_NAMES) assert.is(STAGE_DUTIES.filter(({ channels }) => channels.includes(channel)).length, 1, channel);
});

duties.run();
