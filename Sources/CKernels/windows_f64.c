#include "internal.h"
#include "f64.h"

#include "windows.inc.h"
