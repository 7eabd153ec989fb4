// What to look at when the phone does not open the page. Words only.

export function Troubleshooting({ fingerprint }: { fingerprint: string }) {
  return (
    <details class="troubleshooting">
      <summary>What if it does not open?</summary>
      <dl>
        <dt>The phone warns about the certificate</dt>
        <dd>
          That is expected once: the certificate is this computer’s own, no company signed it. On an iPhone
          tap “Show Details”, then “visit this website”; on Android “Advanced”, then “Proceed”.
          {fingerprint !== '' && (
            <>
              {' '}
              Its SHA-256 is <code>{fingerprint}</code>
            </>
          )}
        </dd>
        <dt>Nothing loads</dt>
        <dd>
          The phone must be in the same network as this computer: the same Wi-Fi, not mobile data, and no VPN.
        </dd>
        <dt>Same Wi-Fi, still nothing</dt>
        <dd>
          Guest networks keep devices apart. Use the main network, or switch “client isolation” off in the
          router.
        </dd>
        <dt>It worked elsewhere</dt>
        <dd>
          This computer’s firewall may be closed for this network. Allow incoming connections for Porchlight
          (Node.js).
        </dd>
      </dl>
    </details>
  );
}
