// Says things twice: quietly on the screen, and to a screen reader once typing has stopped.

const SHOWN = 5_000;
const SETTLED = 500;

export class Announcer {
  constructor(note, said) {
    this.noteElement = note;
    this.saidElement = said;
  }

  /** Shown and spoken: what came of a key. */
  note(text) {
    clearTimeout(this.hiding);
    this.noteElement.textContent = text;
    this.hiding = setTimeout(() => (this.noteElement.textContent = ""), SHOWN);
  }

  /** Spoken only: what the results are. */
  say(text) {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.saidElement.textContent = text), SETTLED);
  }
}
