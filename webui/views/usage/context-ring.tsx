// A ring that fills with the model's context, and the number beside it. Opens the usage.
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { contextShare, fullness } from './context-words.ts';

const radius = 6.5;
const around = 2 * Math.PI * radius;

export function ContextRing({ conversation }: { conversation: OpenConversation }) {
  const { navigation } = useApp();
  const { conversationId, view } = conversation;
  const share = contextShare(view.value.context);
  const percent = share === null ? '' : `${Math.round(share * 100)} %`;
  return (
    <button
      type="button"
      class={`chip context ${fullness(share)}`}
      aria-label={percent === '' ? 'Usage' : `Usage, context ${percent} full`}
      aria-haspopup="dialog"
      onClick={() => navigation.show({ name: 'usage', conversationId })}
    >
      <span class="share">
        <Ring share={share ?? 0} />
        {percent}
      </span>
    </button>
  );
}

export function Ring({ share }: { share: number }) {
  return (
    <svg
      class="ring"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke-width="2.5"
      aria-hidden="true"
    >
      <circle class="whole" cx="8" cy="8" r={radius} />
      {share > 0 && (
        <circle
          class="part"
          cx="8"
          cy="8"
          r={radius}
          stroke-dasharray={`${share * around} ${around}`}
          transform="rotate(-90 8 8)"
        />
      )}
    </svg>
  );
}
