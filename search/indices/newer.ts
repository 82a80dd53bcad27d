/** About a template or a policy. */
export const NEWER =
  "It is of a newer version of this module and stays as it is. Use that version of this command to change it.";
