/** What a check of the doctor is: docs/doctor.md has all as a table. */
export interface DoctorCheck {
  /** What is asked, and of whom. */
  readonly asks: string;
  /** What whoever asks has to be allowed to do. */
  readonly needs: string;
  /** What is found if something is wrong. */
  readonly finds: string;
  /** Why that is. */
  readonly cause: string;
  /** What mends it. */
  readonly mend: string;
}
