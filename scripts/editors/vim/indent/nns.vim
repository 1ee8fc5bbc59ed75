if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal autoindent
setlocal indentexpr=NnsIndent()
setlocal indentkeys=0},0),0],!^F,o,O

let b:undo_indent = 'setlocal autoindent< indentexpr< indentkeys<'

if exists('*NnsIndent')
  finish
endif

" Brackets that stay open in a line indent what follows, and closing ones at its start take that back.
function NnsIndent()
  let above = prevnonblank(v:lnum - 1)
  if above == 0
    return 0
  endif
  let text = s:code(getline(above))
  let depth = 0
  for bracket in split(substitute(text, '^\s*[])}]\+', '', ''), '\zs')
    if bracket =~# '[[({]'
      let depth += 1
    elseif bracket =~# '[])}]'
      let depth -= 1
    endif
  endfor
  let indent = indent(above)
  if depth > 0
    let indent += shiftwidth()
  elseif depth < 0
    let indent -= shiftwidth()
  endif
  if getline(v:lnum) =~# '^\s*[])}]'
    let indent -= shiftwidth()
  endif
  return max([indent, 0])
endfunction

" A line without strings and comments.
function s:code(line)
  return substitute(substitute(a:line, '"\(\\.\|[^"\\]\)*"', '', 'g'), '#.*$', '', '')
endfunction
