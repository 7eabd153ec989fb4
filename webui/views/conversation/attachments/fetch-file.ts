// A file back from the computer, with the access token: there is no address of it that a browser could open by itself.
import { AppError } from '../../../../daemon/protocol/errors.ts';
import { pathOfUpload, type UploadPlace } from '../../../../daemon/protocol/uploads.ts';
import type { Access } from '../../../access.ts';
import { reach } from '../../../http.ts';

export async function fetchFile(place: UploadPlace, access: Pick<Access, 'token'>): Promise<Blob> {
  const headers = { Authorization: `Bearer ${await access.token()}` };
  const response = await reach(pathOfUpload(place), { headers });
  if (!response.ok) throw new AppError('upload_not_found');
  return response.blob();
}

/** Into the phone's downloads. The browser names it and keeps it; nothing is opened here. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it in its own time.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
