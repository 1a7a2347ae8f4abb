#compdef gztrack
# Completion of gztrack for zsh 5 and later; written by: gztrack completion zsh
#
# Commands, options and fixed words stand here. What the database holds is asked of gztrack itself when it is
# wanted. Nothing of it is ever run, and neither is anything that stands on the line: both are only compared.

#@TABLES@

# A value as it stands on the line, without its quotes; of a variable before it what the variable holds.
_gztrack_value() {
  emulate -L zsh
  REPLY=${(Q)1}
  if [[ $REPLY =~ '^\$([A-Za-z_][A-Za-z0-9_]*)(.*)$' ]]; then
    REPLY=${(P)match[1]}$match[2]
  elif [[ $REPLY =~ '^\$\{([A-Za-z_][A-Za-z0-9_]*)\}(.*)$' ]]; then
    REPLY=${(P)match[1]}$match[2]
  fi
}

# Asks gztrack for a list of the database that this line is about: a line each, the word and what it is.
_gztrack_ask() {
  emulate -L zsh
  local list=$1 tag=$2 about=$3 word pending program=gztrack REPLY database
  local -a asking lines offers
  for word in ${(z)LBUFFER}; do
    case $word in
      (';'|'|'|'||'|'&&'|'&'|'|&') database= ;;
      (GZTRACK_DB=?*) _gztrack_value "${word#*=}"; database=$REPLY ;;
    esac
  done
  for word in "${_gztrack_line[@]:1}"; do
    if [[ -n $pending ]]; then
      _gztrack_value "$word"
      asking+=("$pending=$REPLY") pending=
    elif [[ $word == -- ]]; then
      break
    elif [[ $word == (--db|--lang) ]]; then
      pending=$word
    elif [[ $word == (--db|--lang)=* ]]; then
      _gztrack_value "${word#*=}"
      asking+=("${word%%=*}=$REPLY")
    fi
  done
  if (( ! $+commands[gztrack] )); then
    _gztrack_value "$_gztrack_line[1]"
    program=${REPLY/#\~\//$HOME/}
  fi
  [[ -z $database ]] || local -x GZTRACK_DB=$database
  lines=("${(@f)$(command $program "${asking[@]}" completion --list $list </dev/null 2>/dev/null)}")
  for word in "${lines[@]}"; do
    [[ -n $word ]] || continue
    pending=${word#*$'\t'} word=${word%%$'\t'*}
    # _describe takes the first colon for the end of the word, and a backslash for its own.
    word=${${word//\\/\\\\}//:/\\:}
    offers+=("$word${pending:+:${pending//\\/\\\\}}")
  done
  reply=("${offers[@]}")
}

# The file of a public key where the line asks for a key's line, else any file.
_gztrack_key() {
  if [[ -n ${_gztrack_line[(r)--print-key-line*]} ]]; then
    _files -g '*.pub'
  else
    _files
  fi
}

_gztrack_list() {
  local -a reply
  _gztrack_ask "$1"
  _describe -t "$1" "$2" reply
}

_gztrack() {
  local curcontext=$curcontext state state_descr line ret=1
  typeset -A opt_args
  local -a _gztrack_line=("${(@)words[1,CURRENT-1]}")

  _arguments -C -S "${_gztrack_options[@]}" '(-): :_gztrack_command' '(-)*:: :->rest' && ret=0
  if [[ $state == rest ]]; then
    curcontext=${curcontext%:*:*}:gztrack-$words[1]:
    _gztrack_rest "$words[1]" && ret=0
  fi
  return ret
}

if [[ $funcstack[1] == _gztrack ]]; then
  _gztrack "$@"
else
  compdef _gztrack gztrack
fi
