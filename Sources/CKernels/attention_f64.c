#include "internal.h"
#include "f64.h"

#include "elementary.inc.h"
#include "attention.inc.h"
