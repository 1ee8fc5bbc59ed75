if exists('b:current_syntax')
  finish
endif

" Words of the language.
syntax keyword nnsConditional if else
syntax keyword nnsRepeat for in while repeat
syntax keyword nnsStatement break continue return del
syntax keyword nnsException try catch
syntax keyword nnsOperatorWord and or not
syntax keyword nnsConstant pi e inf nan none
syntax keyword nnsBoolean true false

" A field may be named like any word.
syntax match nnsField /\.\@1<!\.\h\w*/

" A name before a parenthesis is a function; a definition starts a statement and its parameters end in =.
syntax match nnsCall /\<\K\k*\ze(/
syntax match nnsDefinition /^\s*\zs\K\k*\ze(.*)\s*=\([^=]\|$\)/
syntax match nnsArgument /\<\K\k*\ze:\(\s\|$\)/

syntax match nnsNumber /\<\d[0-9_]*\(\.\(\d[0-9_]*\)\?\([.a-zA-Z]\)\@!\)\?\([eE][+-]\?\d\+\)\?/
syntax match nnsNumber /\.\@1<!\.\d[0-9_]*\([eE][+-]\?\d\+\)\?/
syntax match nnsNumber /\<0x[0-9a-fA-F_]\+/
syntax match nnsNumber /\<0b[01_]\+/

syntax match nnsOperator /[-+*\/%@^<>=!|&≈∇]\|\.\.<\|\.\.\.\|->\||>/

syntax match nnsEscape contained /\\\([ntr0"\\{}]\|u{\x\+}\)/
syntax region nnsInterpolation contained matchgroup=nnsBrace start=/{/ end=/}/ contains=TOP
syntax region nnsString start=/"/ skip=/\\./ end=/"/ oneline contains=nnsEscape,nnsInterpolation
syntax region nnsString start=/"""/ skip=/\\./ end=/"""/ contains=nnsEscape,nnsInterpolation
syntax region nnsRawString start=/\<r"/ end=/"/ oneline
syntax region nnsRawString start=/\<r"""/ end=/"""/

syntax keyword nnsTodo contained TODO FIXME XXX NOTE
syntax match nnsComment /#.*$/ contains=nnsTodo,@Spell
syntax match nnsDocumentation /##.*$/ contains=nnsTodo,@Spell
syntax match nnsOutput /^#>.*$/
syntax match nnsCell /^# %%.*$/

highlight default link nnsConditional Conditional
highlight default link nnsRepeat Repeat
highlight default link nnsStatement Statement
highlight default link nnsException Exception
highlight default link nnsOperatorWord Operator
highlight default link nnsOperator Operator
highlight default link nnsConstant Constant
highlight default link nnsBoolean Boolean
highlight default link nnsNumber Number
highlight default link nnsString String
highlight default link nnsRawString String
highlight default link nnsEscape SpecialChar
highlight default link nnsBrace Delimiter
highlight default link nnsCall Function
highlight default link nnsDefinition Function
highlight default link nnsArgument Identifier
highlight default link nnsComment Comment
highlight default link nnsDocumentation SpecialComment
highlight default link nnsOutput PreProc
highlight default link nnsCell Title
highlight default link nnsTodo Todo

let b:current_syntax = 'nns'
