autocmd BufNewFile,BufRead *.nns setfiletype nns
