import"./part-chunk.PWPYNVC4.js";import"./part-chunk.OFLJFEVE.js";import"./part-chunk.COTGRCDO.js";
