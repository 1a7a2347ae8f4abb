# shellcheck shell=bash
# Completion of gztrack for bash 3.2 and later; written by: gztrack completion bash
#
# Commands, options and fixed words stand here. What the database holds is asked of gztrack itself when it is
# wanted. Nothing of it is ever run, and neither is anything that stands on the line: both are only compared.

#@TABLES@

# Takes a line apart as bash would, up to the cursor, and runs nothing of it; sets words, start, quote and
# redirected. The last word is the one at the cursor, without its quotes; it began at start.
_gztrack_take_apart() {
  local text=$1 at=0 length=${#1} char name word='' begun=''
  words=() start=0 quote='' redirected=''
  while ((at < length)); do
    char=${text:at:1}
    if [[ $quote == "'" ]]; then
      if [[ $char == "'" ]]; then quote=''; else word+=$char; fi
    elif [[ $char == "\\" ]]; then
      at=$((at + 1))
      [[ -n $begun ]] || start=$((at - 1))
      begun=1
      [[ $quote == '"' && ${text:at:1} != ["\\\"\$\`"] ]] && word+="\\"
      word+=${text:at:1}
    elif [[ $char == '$' && ${text:at} =~ ^\$(\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*)) ]]; then
      [[ -n $begun ]] || start=$at
      begun=1
      name=${BASH_REMATCH[2]}${BASH_REMATCH[3]}
      word+=${!name-}
      at=$((at + ${#BASH_REMATCH[0]} - 1))
    elif [[ $char == '"' ]]; then
      [[ -n $begun ]] || start=$at
      begun=1
      if [[ -n $quote ]]; then quote=''; else quote='"'; fi
    elif [[ -n $quote ]]; then
      word+=$char
    elif [[ $char == "'" ]]; then
      [[ -n $begun ]] || start=$at
      begun=1 quote="'"
    elif [[ $char == [[:space:]] ]]; then
      if [[ -n $begun && -n $redirected ]]; then redirected=''; elif [[ -n $begun ]]; then words+=("$word"); fi
      word='' begun=''
    elif [[ $char == ['<>'] ]]; then
      if [[ -n $begun && -z $redirected && $word != *[!0-9\&]* ]]; then word='' begun=''; fi
      if [[ -n $begun && -z $redirected ]]; then words+=("$word"); fi
      word='' begun='' redirected=1
    else
      [[ -n $begun ]] || start=$at
      begun=1
      word+=$char
    fi
    at=$((at + 1))
  done
  [[ -n $begun ]] || start=$length
  words+=("$word")
}

# Writes a text as it has to stand on the line, where the quote is open that is.
_gztrack_quoted() {
  local text=$1 at=0 char special
  quoted=''
  if [[ $quote == "'" ]]; then
    special="'"
  elif [[ $quote == '"' ]]; then
    special=$'"$`\\'
  else
    special=$' \t\'"\\$`&|;<>()[]{}*?!#~^=,@'
    [[ $text == *[!A-Za-z0-9_.:/@=,+%-]* ]] || { quoted=$text; return; }
  fi
  while ((at < ${#text})); do
    char=${text:at:1}
    if [[ $special != *"$char"* ]]; then
      quoted+=$char
    elif [[ $quote == "'" ]]; then
      quoted+="'\\''"
    else
      quoted+="\\$char"
    fi
    at=$((at + 1))
  done
}

# Offers a word where it goes on from what was typed: bash puts in place only what it takes for the word.
_gztrack_offer() {
  local whole=$prefix$1 quoted
  [[ $whole == "$cur"* && $whole == "$settled"* ]] || return 0
  [[ $quote == '"' && $whole == *'!'* ]] && return 0
  _gztrack_quoted "${whole:${#settled}}"
  COMPREPLY+=("$quoted")
}

# Asks gztrack for a list of the database that this line is about: a line each, the word and what it is.
_gztrack_ask() {
  local program=gztrack
  if ! type -P gztrack >/dev/null; then
    program=${words[0]}
    [[ $program == \~/* ]] && program=$HOME/${program:2}
  fi
  command "$program" ${asking[@]+"${asking[@]}"} completion --list "$1" </dev/null 2>/dev/null
}

# Offers what stands at a place of a command; fails where there is nothing to be offered.
_gztrack_at() {
  local lists='' known='' fixed='' many='' list line word
  _gztrack_slot "$@" || return 1
  if [[ -n $many ]]; then
    local before=''
    [[ ${cur#"$prefix"} == *,* ]] && before=${cur#"$prefix"} before=${before%,*},
    for word in $fixed; do
      [[ ,$before == *",$word,"* ]] || _gztrack_offer "$before$word"
    done
  else
    for word in $fixed; do
      _gztrack_offer "$word"
    done
  fi
  for list in $lists; do
    while IFS= read -r line; do
      [[ -n $line ]] && _gztrack_offer "${line%%$'\t'*}"
    done < <(_gztrack_ask "$list")
  done
  case $known in
    commands) for word in $_gztrack_commands; do _gztrack_offer "$word"; done ;;
    files) _gztrack_files default ;;
    keys) _gztrack_keys ;;
    folders) _gztrack_files dirnames ;;
  esac
  return 0
}

# Leaves it to bash to offer files: it knows best how they are quoted.
_gztrack_files() {
  compopt -o "$1" 2>/dev/null || :
}

# The file of a public key where the line asks for a key's line, else any file.
_gztrack_keys() {
  local found
  if [[ " $used " != *" --print-key-line "* ]]; then
    _gztrack_files default
    return
  fi
  _gztrack_files filenames
  while IFS= read -r found; do
    COMPREPLY+=("${found:${#settled}}")
  done < <(compgen -f -X '!*.pub' -- "$cur"; compgen -d -- "$cur")
}

_gztrack_options_of() {
  local options='' valued='' repeated='' word
  _gztrack_declared "$1"
  for word in $options; do
    [[ " $used " == *" $word "* && " $repeated " != *" $word "* ]] || _gztrack_offer "$word"
  done
}

_gztrack_takes_value() {
  local options='' valued='' repeated=''
  _gztrack_declared "$1"
  [[ " $valued " == *" $2 "* ]]
}

_gztrack() {
  local IFS=$' \t\n'
  local -a words asking=()
  local start quote redirected cur raw settled='' prefix='' typed=${2-}
  local command='' first='' pending='' ended='' used='' count=0 at word
  COMPREPLY=()
  local line=${COMP_LINE:0:COMP_POINT}

  _gztrack_take_apart "$line"
  raw=${line:start}
  # What bash takes for the word may begin behind a quote, an = or an @: the rest of it has been settled.
  if [[ -n $raw && $raw == *"$typed" && $raw != "$typed" ]]; then
    _gztrack_take_apart "${raw%"$typed"}"
    settled=${words[${#words[@]} - 1]}
    _gztrack_take_apart "$line"
  fi
  cur=${words[${#words[@]} - 1]}
  if [[ -n $redirected ]]; then
    _gztrack_files default
    return
  fi

  for ((at = 1; at < ${#words[@]} - 1; at++)); do
    word=${words[at]}
    if [[ -n $pending ]]; then
      case $pending in --db | --lang) asking+=("$pending=$word") ;; esac
      pending=''
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == --[A-Za-z]*=* ]]; then
      used+=" ${word%%=*}"
      case $word in --db=* | --lang=*) asking+=("$word") ;; esac
    elif [[ -z $ended && ($word == -[A-Za-z]* || $word == --[A-Za-z]*) ]]; then
      used+=" $word"
      if _gztrack_takes_value "$command" "$word"; then pending=$word; fi
    elif [[ -z $command ]]; then
      command=$word ended=''
    else
      count=$((count + 1))
      ((count > 1)) || first=$word
    fi
  done

  if [[ -n $pending ]]; then
    _gztrack_at "$command" "$pending" ''
  elif [[ -z $ended && $cur == --[A-Za-z]*=* ]]; then
    prefix=${cur%%=*}=
    _gztrack_at "$command" "${cur%%=*}" ''
  elif [[ -z $ended && $cur == -* ]]; then
    _gztrack_options_of "$command"
  elif [[ -z $command ]]; then
    for word in $_gztrack_commands help; do _gztrack_offer "$word"; done
  else
    _gztrack_at "$command" "$((count + 1))" "$first" || _gztrack_at "$command" rest "$first" ||
      { [[ -n $ended || -n $cur ]] || _gztrack_options_of "$command"; }
  fi
}

complete -F _gztrack gztrack
