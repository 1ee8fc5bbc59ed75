#include "internal.h"
#include "f64.h"

#include "scan.inc.h"
