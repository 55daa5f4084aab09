/** A file that a member attached to a command, as Discord describes it before it is fetched. */
export interface AttachedFile {
  name: string;
  url: string;
  sizeBytes: number;
  contentType: string | null;
}
