import { JournalFile } from "../replay/journal-file";
import { UsageError } from "../tools/usage/usage-error";
import type { AuditArguments } from "./arguments/arguments";
import { type JournalledUnit, parseJournalledUnit, UnitLineError } from "./journalled-unit";
import type { Unit } from "./time-range";

const nameOf = ({ fromMs, toMs, part, parts }: Unit): string => `${fromMs} ${toMs} ${part} ${parts}`;

/** What was found in each unit: the same command goes on with the next one. */
export class AuditJournal {
  private readonly units = new Map<string, JournalledUnit>();
  private readonly file: JournalFile;

  /**
   * @param surroundings further settings that identify bucket and index
   * @throws UsageError for a file that cannot be read, or that no audit of these arguments has written
   */
  constructor(
    private readonly args: AuditArguments,
    surroundings: unknown,
    workingDirectory = process.cwd(),
  ) {
    // Both forms of the report are of the same findings.
    const { isJson: _, ...identity } = args;
    this.file = new JournalFile("audit", [identity, surroundings], workingDirectory);
    this.file.read((line, lineNumber) => this.add(line, lineNumber));
  }

  private add(line: string, lineNumber: number): void {
    try {
      const unit = parseJournalledUnit(line, this.args.selection);
      this.units.set(nameOf(unit.unit), unit);
    } catch (error) {
      if (!(error instanceof UnitLineError)) throw error;
      throw new UsageError([
        `${this.path} is no journal of this audit: line ${lineNumber} ${error.message}. Remove the file to start over.`,
      ]);
    }
  }

  get path(): string {
    return this.file.path;
  }

  /** The number of units that earlier runs have compared. */
  get compared(): number {
    return [...this.units.values()].filter(({ outcome }) => outcome !== undefined).length;
  }

  /** Ensures that `write` can write. @throws UsageError */
  prepare(): void {
    this.file.prepare();
    if (this.units.size === 0) this.remove();
  }

  /** Returns what an earlier run knows of a unit. */
  find(unit: Unit): JournalledUnit | undefined {
    return this.units.get(nameOf(unit));
  }

  /** @throws StoppedError when the file cannot be written any more */
  write(unit: JournalledUnit): void {
    this.file.write(unit);
  }

  /** Whether the next run finds a unit in it. */
  get isKept(): boolean {
    return this.file.isKept;
  }

  /** Deletes the file: nothing is left to resume. */
  remove(): void {
    this.file.remove();
  }
}
