#include "internal.h"
#include "f64.h"

#include "elementary.inc.h"
#include "recurrent.inc.h"
