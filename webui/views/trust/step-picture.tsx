// A screen of the device's own, drawn in outline, with what to tap lit. Decoration: the step's words say the same.
import type { Picture } from './steps.ts';

export function StepPicture({ picture }: { picture: Picture }) {
  return (
    <div class="step-picture" aria-hidden="true">
      <p class="step-title">{picture.title}</p>
      {picture.rows.map(({ label, tap, isOn }) => (
        <p key={label} class={tap ? 'step-row tap' : 'step-row'}>
          <span>{label}</span>
          {isOn ? (
            <svg viewBox="0 0 40 24" class="step-switch" aria-hidden="true">
              <rect x="1" y="1" width="38" height="22" rx="11" />
              <circle cx="28" cy="12" r="9" />
            </svg>
          ) : (
            <svg viewBox="0 0 8 14" class="step-chevron" aria-hidden="true">
              <path d="M1 1l6 6-6 6" />
            </svg>
          )}
        </p>
      ))}
    </div>
  );
}
