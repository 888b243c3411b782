import type { ScriptParts } from './script-parts.ts'
import { valuesByPlace, wordTests } from './script-parts.ts'
import { shellQuoted, shellWords } from './shell-quoting.ts'
import type { ValueKind } from './value-kinds.ts'

/** For bash 3.2 and newer, which macOS still has; nothing is expanded or run but the question of `__complete`. */
export function bashScript({ mark, table, keys }: ScriptParts): string {
  const commands = table.map(
    ({ path, commands, options }) =>
      `    ${shellQuoted(path)})\n` +
      `      commands=${shellQuoted(commands.map(({ name }) => name).join(' '))}\n` +
      `      options=${shellQuoted(options.map(({ name }) => name).join(' '))} ;;`,
  )
  const values = valuesByPlace(table).map(
    ({ places, value }) => `    ${places.map(shellQuoted).join('|')}) ${offerOf(value)} ;;`,
  )
  return `${mark}
_moltbot_keys=${shellQuoted(keys.join(' '))}

_moltbot_command() {
  case $1 in
${commands.join('\n')}
    *) return 1 ;;
  esac
}

${wordTests(table)}

_moltbot_values() {
  case $1 in
${values.join('\n')}
  esac
}

# Offers those of its arguments that begin with what was typed.
_moltbot_offer() {
  local one
  for one; do
    [[ $one == "$typed"* ]] && COMPREPLY+=("\${one#"$lead"}")
  done
}

_moltbot_ask() {
  local one
  while IFS= read -r one; do
    _moltbot_offer "$one"
  done < <("\${COMP_WORDS[0]/#\\~/$HOME}" "\${globals[@]}" __complete "$1" 2>/dev/null </dev/null)
}

_moltbot_files() {
  local one
  compopt -o filenames 2>/dev/null
  while IFS= read -r one; do
    COMPREPLY+=("$one")
  done < <(compgen -f -- "$cur")
}

# The word before is the beginning of this one: bash ends words where they go on.
_moltbot_back() {
  if [[ $former ]]; then after=$former; else place=$((place - 1)); fi
}

_moltbot() {
  local cur=\${COMP_WORDS[COMP_CWORD]} at='' after='' former='' place=0 isFile='' isEnded='' i word
  local commands='' options='' typed lead breaks='' rest
  local -a globals
  globals=()
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $after ]]; then
      [[ $word == '=' ]] && continue
      [[ $after == --profile ]] && globals+=(--profile "$word")
      former=$after after=''
      continue
    fi
    case $word in
      @ | :) i=$((i + 1)); ((i == COMP_CWORD)) && _moltbot_back ;;
      =) i=$((i + 1)) ;;
      --) isEnded=1 ;;
      --dev) [[ $at ]] || globals+=(--dev) ;;
      --profile=*) globals+=("$word") ;;
      --*=*) ;;
      -*) _moltbot_takes_value "$at $word" && after=$word ;;
      *)
        if [[ ! $isEnded ]] && _moltbot_is_command "\${at:+$at }$word"; then
          at="\${at:+$at }$word"
        else
          place=$((place + 1)) former=''
        fi
        ;;
    esac
  done
  [[ $cur == [@:] ]] && _moltbot_back && cur=''
  # bash ends words at these, too; its own word is what comes after the last of them.
  for word in @ : =; do
    [[ $COMP_WORDBREAKS == *"$word"* ]] && breaks+=$word
  done
  typed=\${COMP_LINE:0:COMP_POINT}
  typed=\${typed##*[[:space:]]}
  if [[ $after ]]; then
    [[ $typed == "$after="* ]] && typed=\${typed#*=}
  elif [[ $typed == --*=* ]]; then
    after=\${typed%%=*}
    typed=\${typed#*=}
    [[ $breaks == *=* ]] || cur=$typed
  fi
  [[ $cur == '=' ]] && cur=''
  lead=''
  if [[ $breaks ]]; then
    rest=\${typed##*[$breaks]}
    lead=\${typed%"$rest"}
    lead=\${lead%@} # which readline leaves with what follows it
  fi

  if [[ $after ]]; then
    _moltbot_values "$at $after"
  elif [[ $typed == -* && ! $isEnded ]]; then
    _moltbot_command "$at" && _moltbot_offer $options
  else
    [[ $place == 0 && ! $isEnded ]] && _moltbot_command "$at" && _moltbot_offer $commands
    _moltbot_values "$at $((place + 1))"
  fi
  # bash itself completes paths, with their blanks and quotes; where none can stand, it must not.
  [[ $isFile ]] || compopt +o default 2>/dev/null
}

complete -o default -F _moltbot moltbot
`
}

function offerOf(value: ValueKind): string {
  switch (value.kind) {
    case 'words':
      return `_moltbot_offer ${shellWords(value.words)}`
    case 'keys':
      return '_moltbot_offer $_moltbot_keys'
    case 'files':
      return 'isFile=1'
    case 'folders':
      return 'isFile=1; compopt -o dirnames +o default 2>/dev/null'
    case 'asked':
      return `_moltbot_ask ${value.what}${value.alsoFiles ? '; _moltbot_files' : ''}`
  }
}
