#include "internal.h"
#include "f32.h"

#include "scan.inc.h"
