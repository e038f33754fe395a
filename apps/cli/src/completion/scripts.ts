import type { Vocabulary } from './vocabulary.js';

/** Makes the completion script of bash. */
export function bashScript(vocabulary: readonly Vocabulary[]): string {
  const words = vocabulary.flatMap(({ path, commands, options }) => [
    `    ${quoted(`${path} -`)}) choices=${list(options.map(({ word }) => word))} ;;`,
    `    ${quoted(`${path} `)}) choices=${list(commands.map(({ word }) => word))} ;;`,
  ]);
  const values = valuesOf(vocabulary).map(
    ({ at, values }) => `    ${quoted(at)}) choices=${list(values)} ;;`,
  );
  return `# Completion of aimle for bash, made by: aimle completion bash
_aimle() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at='' word choices=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${at:+$at }$word" in
    ${pathsOf(vocabulary).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at $prev" in
${values.join('\n')}
    *)
    case "$cur" in -*) word=- ;; *) word= ;; esac
    case "$at $word" in
${words.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$cur"))
  case "\${COMPREPLY[0]:-}" in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -o default -F _aimle aimle
`;
}

/** Makes the completion script of zsh. */
export function zshScript(vocabulary: readonly Vocabulary[]): string {
  const values = valuesOf(vocabulary).map(({ at, values }) => {
    const action = values.length === 0 ? '_files' : `compadd -- ${values.map(quoted).join(' ')}`;
    return `    ${quoted(at)}) ${action}; return ;;`;
  });
  const words = vocabulary.map(({ path, commands, options }) => {
    const add = (all: readonly { readonly word: string }[]) =>
      `compadd -- ${all.map(({ word }) => word).join(' ')}`;
    const bare = commands.length > 0 ? add(commands) : '_files';
    return `    ${quoted(path)}) if [[ $PREFIX == -* ]]; then ${add(options)}; else ${bare}; fi ;;`;
  });
  return `#compdef aimle
# Completion of aimle for zsh, made by: aimle completion zsh
_aimle() {
  local at='' word
  for word in "\${words[@]:1:$((CURRENT-2))}"; do
    case "\${at:+$at }$word" in
    ${pathsOf(vocabulary).join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
}
compdef _aimle aimle
`;
}

/** The options that take a value, with the command before, and the values that are known. */
function valuesOf(vocabulary: readonly Vocabulary[]) {
  return vocabulary.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ word, values }) => ({ at: `${path} ${word}`, values })),
  );
}

function pathsOf(vocabulary: readonly Vocabulary[]): string[] {
  return vocabulary.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
}

const list = (words: readonly string[]): string => quoted(words.join(' '));

/** Makes the completion script of fish. */
export function fishScript(vocabulary: readonly Vocabulary[]): string {
  const lines = vocabulary.flatMap(({ path, commands, options }) => {
    const at = `-n ${quoted(`__aimle_at ${path}`.trimEnd())}`;
    return [
      ...commands.map(({ word, about }) => `complete -c aimle ${at} -f -a ${word} -d ${quoted(about)}`),
      ...options.map(({ word, about, values, takesValue }) => {
        const taken = values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c aimle ${at} -l ${word.slice(2)}${taken} -d ${quoted(about)}`;
      }),
    ];
  });
  return `# Completion of aimle for fish, made by: aimle completion fish
function __aimle_at
  set -l at
  for word in (commandline -opc)[2..]
    set -l next (string trim -- "$at $word")
    contains -- $next ${pathsOf(vocabulary).join(' ')}; and set at $next
  end
  test "$at" = "$argv"
end
${lines.join('\n')}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
