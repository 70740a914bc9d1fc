// The ten events of fold_benchmark.cc in xstate; prints nanoseconds an event.
import { createActor, createMachine } from "xstate";

const LIFE = [
  "submit", "accept", "forward", "assign", "request_supplement", "supply", "request_payment", "paid", "finish",
  "hand_over",
];
const DOSSIERS = 20_000;
const machine = createMachine({
  initial: "s0",
  states: {
    s0: { on: { submit: "s1" } },
    s1: { on: { accept: "s2" } },
    s2: { on: { forward: "s4" } },
    s4: { on: { assign: "s4", request_supplement: "s5", request_payment: "s6", finish: "s9" } },
    s5: { on: { supply: "s4" } },
    s6: { on: { paid: "s4" } },
    s9: { on: { hand_over: "s10" } },
    s10: {},
  },
});

function run(dossiers) {
  for (let d = 0; d < dossiers; ++d) {
    const actor = createActor(machine);
    actor.start();
    for (const type of LIFE) actor.send({ type });
    if (actor.getSnapshot().value !== "s10") throw new Error("not handed over");
  }
}

run(1000);
const start = process.cpuUsage();
run(DOSSIERS);
const used = process.cpuUsage(start);
console.log(((used.user + used.system) * 1000) / (DOSSIERS * LIFE.length));
