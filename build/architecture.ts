// The shape of the code as one table: who may import whom, which npm package lives where, what may be called where.
// check-architecture.ts holds every source file against it. A new folder, package or exception is a line here.
// A pattern is a folder (`daemon/http/`), a file (`daemon/ports.ts`) or an ending (`*.test.ts`).

export interface Layer {
  readonly files: readonly string[];
  /** Besides files of the same layer. */
  readonly mayImport: readonly string[];
}

export interface ForbiddenUse {
  readonly rule: string;
  /** As rules/uses.ts words it: `Date.now`, `setTimeout()`, `node:child_process#exec`, `.innerHTML`, `shell: true`. */
  readonly uses: readonly string[];
  readonly in: readonly string[];
  readonly except: readonly string[];
  readonly instead: string;
}

export interface Architecture {
  /** Folders to read. */
  readonly sources: readonly string[];
  readonly topLevel: readonly string[];
  readonly maxLines: number;
  readonly vagueNames: readonly string[];
  /** The first layer with a pattern that fits a file is the file's layer. */
  readonly layers: readonly Layer[];
  /** npm package (or one entry of it) → where it may be imported; tests may import any of them. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Node modules that are not free for all; the others may be imported anywhere but in `withoutNode`. */
  readonly nodeModules: Readonly<Record<string, readonly string[]>>;
  readonly withoutNode: readonly string[];
  readonly tests: readonly string[];
  readonly forbidden: readonly ForbiddenUse[];
}

const protocol = 'daemon/protocol/';
const ports = 'daemon/ports.ts';
const morePorts = 'daemon/ports/';
const config = 'daemon/config.ts';
const settingsTable = 'daemon/config/';
const settings = 'daemon/settings/';
const commands = 'daemon/commands.ts';
const conversations = 'daemon/conversations/';
const claude = 'daemon/claude/';
const previews = 'daemon/previews/';
const projects = 'daemon/projects/';
const pairing = 'daemon/pairing/';
const http = 'daemon/http/';
const doctor = 'daemon/doctor/';
const remote = 'daemon/remote/';
const compat = 'daemon/compat/';
const store = 'daemon/store/';
const system = 'daemon/system/';
const desktop = 'daemon/desktop/';
const cli = 'daemon/cli/';
const demo = ['daemon/cli/demo.ts', 'daemon/cli/demo/'];
const testing = 'daemon/testing/';
const tests = ['*.test.ts', '*.test.tsx', '*.contract.ts', '*.setup.ts'];
const tooling = ['build/', 'e2e/', testing, ...tests];

export const architecture: Architecture = {
  sources: ['daemon', 'webui', 'build', 'e2e'],
  topLevel: [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'LICENSE',
    'README.md',
    'daemon',
    'webui',
    'assets',
    'build',
    'e2e',
    'dist',
    'node_modules',
  ],
  maxLines: 300,
  vagueNames: [
    'util',
    'utils',
    'helper',
    'helpers',
    'common',
    'misc',
    'manager',
    'service',
    'handler',
    'handlers',
  ],

  layers: [
    { files: tests, mayImport: ['daemon/', 'webui/', 'build/', 'e2e/'] },
    { files: [protocol], mayImport: [] },
    { files: [ports, morePorts], mayImport: [protocol] },
    { files: [settingsTable], mayImport: [protocol] },
    { files: [config], mayImport: [protocol, ports, settingsTable] },
    { files: [settings], mayImport: [protocol, ports, morePorts, config, settingsTable] },
    { files: [conversations], mayImport: [protocol, ports, morePorts] },
    { files: [claude], mayImport: [protocol, ports, morePorts] },
    { files: [previews], mayImport: [protocol, ports, morePorts] },
    { files: [projects], mayImport: [protocol, ports, morePorts] },
    { files: [remote], mayImport: [protocol, ports, morePorts] },
    { files: [store], mayImport: [protocol, ports, 'daemon/system/durable-file.ts'] },
    { files: [system], mayImport: [protocol, ports, morePorts] },
    {
      files: [doctor],
      mayImport: [protocol, ports, morePorts, config, system, 'daemon/claude/doctor.ts'],
    },
    { files: [pairing], mayImport: [protocol, ports, commands, conversations] },
    {
      files: [commands, 'daemon/commands/'],
      mayImport: [
        ...[protocol, ports, morePorts, conversations, claude, previews, projects, remote, pairing],
        settings,
      ],
    },
    { files: [http], mayImport: [protocol, ports, morePorts, commands, conversations, previews, pairing] },
    { files: [desktop], mayImport: [protocol, ports, morePorts, conversations, pairing] },
    { files: [compat], mayImport: [protocol, ports, commands, conversations, pairing] },
    {
      files: [
        ...['daemon/daemon.ts', 'daemon/daemon-options.ts', 'daemon/admission.ts', 'daemon/at-computer.ts'],
        ...['daemon/previewing.ts', 'daemon/kept-settings.ts'],
      ],
      mayImport: [
        protocol,
        ports,
        morePorts,
        config,
        settings,
        commands,
        conversations,
        claude,
        previews,
        projects,
        remote,
        pairing,
        http,
        compat,
        doctor,
        store,
        system,
        desktop,
      ],
    },
    { files: demo, mayImport: [protocol, ports, config, system, cli, testing] },
    {
      files: ['daemon/cli/serve.ts'],
      mayImport: [
        ...[protocol, ports, morePorts, config, system, cli],
        ...['daemon/daemon.ts', 'daemon/daemon-options.ts'],
      ],
    },
    {
      files: [cli],
      mayImport: [
        ...[protocol, ports, morePorts, config, settingsTable, settings, system, doctor, ...demo],
        'daemon/store/store-identity.ts',
      ],
    },
    {
      files: ['daemon/main.ts'],
      mayImport: [protocol, ports, config, system, cli, ...demo, 'package.json'],
    },
    { files: [testing], mayImport: ['daemon/'] },
    { files: ['webui/'], mayImport: [protocol] },
    // Its phones are the web app's own code.
    { files: ['build/chaos/'], mayImport: [testing, protocol, 'webui/', 'build/'] },
    { files: ['build/'], mayImport: [testing, protocol, 'e2e/', 'build/chaos/'] },
    { files: ['e2e/'], mayImport: [testing, protocol, 'build/'] },
  ],

  packages: {
    express: [http],
    ws: ['daemon/http/socket.ts', 'daemon/http/outlet.ts', 'daemon/http/preview-bridge.ts'],
    helmet: ['daemon/http/headers.ts'],
    systray2: ['daemon/system/tray-process.ts'],
    open: ['daemon/system/browser.ts'],
    selfsigned: ['daemon/system/certificate.ts'],
    '@peculiar/x509': ['daemon/system/authority.ts'],
    '@peculiar/asn1-x509': ['daemon/system/authority.ts'],
    '@peculiar/asn1-schema': ['daemon/system/authority.ts'],
    pino: ['daemon/system/logger.ts'],
    qrcode: ['daemon/pairing/qr-code.ts'],
    tar: ['daemon/system/home-archive.ts'],
    lowdb: ['daemon/store/documents.ts'],
    'zod/mini': ['daemon/'],
    commander: [cli],
    preact: ['webui/'],
    '@preact/signals': ['webui/'],
    lucide: ['webui/'],
    marked: ['webui/markdown/'],
    lowlight: ['webui/tools/colours/'],
    '@tanstack/virtual-core': ['webui/views/conversation/'],
    fuzzysort: ['daemon/projects/file-names.ts'],
    'file-type': ['daemon/system/file-kinds.ts'],
    'axe-core': ['e2e/'],
    vitest: [testing, 'build/vitest.config.ts'],
    'fast-check': [testing],
    '@playwright/test': ['e2e/', 'build/browser.ts'],
    playwright: ['e2e/', 'build/'],
    esbuild: ['build/'],
    'oxc-parser': ['build/rules/'],
    '@resvg/resvg-wasm': ['build/icons.ts'],
  },
  nodeModules: {
    'node:child_process': ['daemon/system/spawn.ts', ...tooling],
    'node:process': [],
    'node:timers': [],
    'node:timers/promises': [testing, 'build/', 'e2e/', ...tests],
  },
  withoutNode: [protocol, 'webui/'],
  tests: [...tests, testing, 'e2e/', 'build/bench/', 'build/chaos/', 'build/fuzz/', 'build/load/'],

  forbidden: [
    {
      rule: 'shell',
      uses: [
        'shell: true',
        'node:child_process#exec',
        'node:child_process#execSync',
        'node:child_process#execFileSync',
        'node:child_process#default',
        'node:child_process#*',
      ],
      in: ['daemon/', 'webui/', 'build/', 'e2e/'],
      except: [],
      instead: 'import { spawn } or { execFile } by name and pass an array of arguments',
    },
    {
      rule: 'environment',
      uses: ['process.env', 'process.argv'],
      in: ['daemon/', 'webui/'],
      except: ['daemon/main.ts', testing, ...tests],
      instead: 'let daemon/main.ts read it and pass it in',
    },
    {
      rule: 'raw-html',
      uses: ['.innerHTML', '.outerHTML', '.insertAdjacentHTML', '.dangerouslySetInnerHTML'],
      in: ['webui/'],
      except: [],
      instead: 'render elements; text from outside stays text',
    },
    {
      rule: 'clock',
      uses: ['setTimeout()', 'setInterval()', 'Date.now', 'new Date()', 'Date()', 'performance.now'],
      in: [conversations, claude, previews, projects, pairing, http],
      except: tests,
      instead: 'ask the Clock port, so that tests own the time',
    },
  ],
};
