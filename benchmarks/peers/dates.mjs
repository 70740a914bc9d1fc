// date-fns and dayjs-business-time on the rows that run.py passes on standard input:
// { holidays: ["YYYY-MM-DD"], days: ["YYYY-MM-DD"], amounts: [n], minutes: ["YYYY-MM-DDTHH:MM"], hours: n }
// Prints { name: { ns, days: [...] | minutes: [...] } }, ns of CPU time a row,
// times in UTC.
import { readFileSync } from "node:fs";
import { addBusinessDays } from "date-fns";
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import businessTime from "dayjs-business-time";

const given = JSON.parse(readFileSync(0, "utf8"));

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function measure(rows, repeats, run) {
  const times = [];
  let results;
  for (let k = 0; k < repeats; ++k) {
    const start = process.cpuUsage();
    results = run();
    const used = process.cpuUsage(start);
    times.push(((used.user + used.system) * 1000) / rows);
  }
  return { ns: median(times), results };
}

// date-fns knows weekends only.
const starts = given.days.map((day) => new Date(`${day}T00:00:00Z`));
const dateFns = measure(starts.length, 5, () => starts.map((day, k) => addBusinessDays(day, given.amounts[k])));

dayjs.extend(utc);
dayjs.extend(businessTime);
dayjs.setHolidays(given.holidays);
const office = [
  { start: "07:30:00", end: "11:30:00" },
  { start: "13:30:00", end: "17:30:00" },
];
dayjs.setBusinessTime({
  sunday: null,
  monday: office,
  tuesday: office,
  wednesday: office,
  thursday: office,
  friday: office,
  saturday: null,
});
const accepted = given.minutes.map((minute) => dayjs(`${minute}:00`));
const businessHours = measure(accepted.length, 3, () => accepted.map((at) => at.addBusinessHours(given.hours)));

console.log(
  JSON.stringify({
    "date-fns": { ns: dateFns.ns, days: dateFns.results.map((day) => day.toISOString().slice(0, 10)) },
    "dayjs-business-time": {
      ns: businessHours.ns,
      minutes: businessHours.results.map((at) => at.format("YYYY-MM-DDTHH:mm")),
    },
  }),
);
