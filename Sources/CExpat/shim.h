#ifndef STIMPORT_CEXPAT_SHIM_H
#define STIMPORT_CEXPAT_SHIM_H

#include <expat.h>

// Limits on the amplification of entities, on by default, came with 2.4.0.
#if XML_MAJOR_VERSION < 2 || (XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION < 4)
#error "stimport needs libexpat 2.4.0 or later"
#endif

// Names and texts are read as UTF-8.
#ifdef XML_UNICODE
#error "stimport needs libexpat built for UTF-8"
#endif

#endif
