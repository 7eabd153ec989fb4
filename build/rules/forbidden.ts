// Uses that the table forbids in some folders: a shell, the environment, raw HTML, the system's clock.
import type { Architecture } from '../architecture.ts';
import { fits } from './patterns.ts';
import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

export function useViolations(files: readonly SourceFile[], { forbidden }: Architecture): Violation[] {
  return files.flatMap(({ path, uses }) =>
    forbidden
      .filter((ban) => fits(path, ban.in) && !fits(path, ban.except))
      .flatMap((ban) =>
        uses
          .filter(({ use }) => ban.uses.includes(use))
          .map(({ use, line }) => ({ file: path, line, rule: ban.rule, message: `${use}; ${ban.instead}` })),
      ),
  );
}
